import type { OpenedPage } from "@/app/_session/open-page";
import { readDeviceStatuses } from "@/lib/server/devices/read-device-statuses";
import { listFacilities } from "@/lib/server/facilities/read-facilities";
import { resolveScope } from "@/lib/server/scope/resolve-scope";
import { listZones } from "@/lib/server/zones/read-zones";
import type { LiveView } from "./view";

/** A zone as the page names it. */
export type LiveZone = { id: number; code: string; name: string; facilityName: string };

/** As many rows as a screen shows at first; the browser fetches the others. */
const FIRST_DEVICES = 60;

/** What the page begins with. @throws Problem 400 where there is no such facility */
export async function loadLive({ context }: OpenedPage, view: LiveView) {
  const facility = view.facility ?? undefined;
  const { facilityId } = await resolveScope(context, { facility });
  const [page, zones, facilities] = await Promise.all([
    readDeviceStatuses(context, { facilityId, limit: FIRST_DEVICES }),
    listZones(context, { retired: false, facility }),
    listFacilities(context, { retired: false }),
  ]);
  const names = new Map(facilities.rows.map(({ id, name }) => [id, name]));
  return {
    first: { devices: page.rows, readAt: context.now.getTime(), total: page.total },
    zones: zones.rows.map(
      ({ id, code, name, facility_id }): LiveZone => ({
        ...{ id, code, name },
        facilityName: names.get(facility_id) ?? "",
      }),
    ),
    several: facilityId === undefined && facilities.rows.length > 1,
    timeZones: Object.fromEntries(
      facilities.rows.map(({ id, time_zone }) => [id, time_zone]),
    ) as Record<number, string>,
  };
}
