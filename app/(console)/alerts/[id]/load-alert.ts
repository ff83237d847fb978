import { Id } from "@/lib/domain/fields";
import { isProblem } from "@/lib/domain/problem";
import { readAlert } from "@/lib/server/alerts/read-alerts";
import type { Context } from "@/lib/server/context";
import { readFacility } from "@/lib/server/facilities/read-facilities";

export type LoadedAlert = NonNullable<Awaited<ReturnType<typeof loadAlert>>>;

/**
 * An alert and its facility.
 * @param text the id in the address
 * @returns null where there is no such alert within reach
 */
export async function loadAlert(context: Context, text: string) {
  const id = Id.safeParse(/^\d{1,10}$/.test(text) ? Number(text) : null);
  if (!id.success) return null;
  try {
    const alert = await readAlert(context, id.data);
    return { alert, facility: await readFacility(context, alert.facility_id) };
  } catch (error) {
    if (isProblem(error) && error.status === 404) return null;
    throw error;
  }
}
