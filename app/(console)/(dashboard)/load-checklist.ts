import type { Context } from "@/lib/server/context";
import { listFacilities } from "@/lib/server/facilities/read-facilities";
import { readSetupProgress } from "@/lib/server/setup/read-setup-progress";
import { listZones } from "@/lib/server/zones/read-zones";

export type Checklist = Awaited<ReturnType<typeof loadChecklist>>;

/** How far a fresh installation has come; `places` is null once a message came in. */
export async function loadChecklist(context: Context) {
  const progress = await readSetupProgress(context);
  if (progress.heard !== null) return { progress, places: null };
  const [facilities, zones] = await Promise.all([
    listFacilities(context, { retired: false }),
    listZones(context, { retired: false }),
  ]);
  return { progress, places: { facilities: facilities.rows, zones: zones.rows } };
}
