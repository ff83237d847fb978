import { isProblem } from "@/lib/domain/problem";
import type { Context } from "@/lib/server/context";
import { readDeviceStatuses } from "@/lib/server/devices/read-device-statuses";
import { listFacilities } from "@/lib/server/facilities/read-facilities";
import { resolveScope } from "@/lib/server/scope/resolve-scope";
import { listZones } from "@/lib/server/zones/read-zones";

/** As many rows as a screen shows at first; the browser fetches the others. */
const FIRST_DEVICES = 60;

/** What the page begins with. @param wanted a facility's id or code; null for all */
export async function loadLive(context: Context, wanted: string | null) {
  const facilityId = await facilityOf(context, wanted);
  if (facilityId === "unknown") return { kind: "unknown_facility" as const };
  const [page, zones, facilities] = await Promise.all([
    readDeviceStatuses(context, { facilityId, limit: FIRST_DEVICES }),
    listZones(context, { retired: false, facility: wanted ?? undefined }),
    listFacilities(context, { retired: false }),
  ]);
  const names = new Map(facilities.rows.map(({ id, name }) => [id, name]));
  return {
    kind: "board" as const,
    board: {
      first: { devices: page.rows, readAt: context.now.getTime(), total: page.total },
      zones: zones.rows.map(({ id, code, name, facility_id }) => ({
        ...{ id, code, name },
        facilityName: names.get(facility_id) ?? "",
      })),
      several: facilityId === undefined && facilities.rows.length > 1,
      timeZones: Object.fromEntries(
        facilities.rows.map(({ id, time_zone }) => [id, time_zone]),
      ) as Record<number, string>,
    },
  };
}

async function facilityOf(context: Context, wanted: string | null) {
  if (wanted === null) return undefined;
  try {
    return (await resolveScope(context, { facility: wanted })).facilityId;
  } catch (error) {
    if (isProblem(error)) return "unknown" as const;
    throw error;
  }
}
