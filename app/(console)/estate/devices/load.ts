import type { OpenedPage } from "@/app/_session/open-page";
import type { ViewOf } from "@/app/_ui/addresses/address";
import { listDevices } from "@/lib/server/devices/read-devices";
import { idsWithoutHistory } from "@/lib/server/estate/history";
import { listFacilities } from "@/lib/server/facilities/read-facilities";
import { resolveScope } from "@/lib/server/scope/resolve-scope";
import { listZones, readZonesOf } from "@/lib/server/zones/read-zones";
import { facilitiesAbove } from "../facilities-above";
import { type devicesView, listOf, pageStart } from "../view";

export type DevicesInView = Awaited<ReturnType<typeof loadDevices>>;

/**
 * A page of devices, with the zones and facilities whose limits they inherit.
 * @throws Problem 400 when the address names a facility or zone that does not exist
 */
export async function loadDevices({ context }: OpenedPage, view: ViewOf<typeof devicesView>) {
  const { facility, zone } = view;
  const [scope, page, facilities, inUse] = await Promise.all([
    resolveScope(context, { facility, zone }),
    listDevices(context, { ...listOf(view), facility, zone }),
    listFacilities(context, {}),
    listZones(context, { retired: false, limit: 1 }),
  ]);
  const ids = new Set(page.rows.map(({ zone_id }) => zone_id));
  if (scope.zoneId !== undefined) ids.add(scope.zoneId);
  const [zones, deletable] = await Promise.all([
    readZonesOf(context, [...ids]),
    idsWithoutHistory(
      context,
      "device",
      page.rows.map(({ id }) => id),
    ),
  ]);
  const inView = zones.find(({ id }) => id === scope.zoneId) ?? null;
  const facilityInView = facilities.rows.find(({ id }) => id === scope.facilityId);
  return {
    devices: {
      ...page,
      rows: page.rows.map((device) => ({ ...device, deletable: deletable.has(device.id) })),
      nextCursor: pageStart(page.nextCursor),
    },
    /** The zone that the list is narrowed down to. */
    zone: inView,
    zones,
    facilities: facilitiesAbove(facilities.rows),
    place: inView ? `zone ${inView.name}` : (facilityInView?.name ?? null),
    hasZone: inUse.total > 0,
  };
}
