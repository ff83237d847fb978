import type { OpenedPage } from "@/app/_session/open-page";
import type { ViewOf } from "@/app/_ui/addresses/address";
import { countInZones } from "@/lib/server/devices/count-devices";
import { idsWithoutHistory } from "@/lib/server/estate/history";
import { listFacilities } from "@/lib/server/facilities/read-facilities";
import { resolveScope } from "@/lib/server/scope/resolve-scope";
import { listZones } from "@/lib/server/zones/read-zones";
import { facilitiesAbove } from "../facilities-above";
import { listOf, pageStart, type zonesView } from "../view";

/**
 * A page of zones, with the facilities whose limits they inherit.
 * @throws Problem 400 when the address names a facility that does not exist
 */
export async function loadZones({ context }: OpenedPage, view: ViewOf<typeof zonesView>) {
  const [page, scope, facilities] = await Promise.all([
    listZones(context, { ...listOf(view), facility: view.facility }),
    resolveScope(context, { facility: view.facility }),
    listFacilities(context, {}),
  ]);
  const ids = page.rows.map(({ id }) => id);
  const [counts, deletable] = await Promise.all([
    countInZones(context, ids),
    idsWithoutHistory(context, "zone", ids),
  ]);
  return {
    page: {
      rows: page.rows.map((zone) => ({
        ...{ ...zone, devices: counts.get(zone.id) ?? 0 },
        deletable: deletable.has(zone.id),
      })),
      total: page.total,
      nextCursor: pageStart(page.nextCursor),
    },
    facility: facilities.rows.find(({ id }) => id === scope.facilityId) ?? null,
    facilities: facilitiesAbove(facilities.rows),
  };
}
