import { cache } from "react";
import { openPage } from "@/app/_session/open-page";
import { Id } from "@/lib/domain/fields";
import { isProblem } from "@/lib/domain/problem";
import type { Context } from "@/lib/server/context";
import { readDeviceDetail } from "@/lib/server/devices/read-device-detail";
import { readOrAway } from "../../read-or-away";

/** The device of the page, or why there is none; looked up once for the page and its title. */
export const openDevice = cache(async (idText: string) => {
  const opened = await openPage("/devices/[id]");
  if (!opened) return { kind: "away" as const };
  const device = await readOrAway(() => find(opened.context, idText));
  if (device === null) return { kind: "away" as const };
  if (device === "missing") return { kind: "missing" as const };
  return { kind: "device" as const, device, ...opened };
});

async function find(context: Context, idText: string) {
  const id = Id.safeParse(/^\d{1,10}$/.test(idText) ? Number(idText) : null);
  if (!id.success) return "missing";
  try {
    return await readDeviceDetail(context, id.data);
  } catch (error) {
    if (isProblem(error) && error.status === 404) return "missing";
    throw error;
  }
}
