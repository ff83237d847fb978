import type { OpenedPage } from "@/app/_session/open-page";
import type { ViewOf } from "@/app/_ui/addresses/address";
import { countInFacilities } from "@/lib/server/devices/count-devices";
import { idsWithoutHistory } from "@/lib/server/estate/history";
import { listFacilities } from "@/lib/server/facilities/read-facilities";
import { type facilitiesView, listOf, pageStart } from "./view";

/** A page of facilities, with what is in each. */
export async function loadFacilities({ context }: OpenedPage, view: ViewOf<typeof facilitiesView>) {
  const { rows, total, nextCursor } = await listFacilities(context, listOf(view));
  const ids = rows.map(({ id }) => id);
  const [counts, deletable] = await Promise.all([
    countInFacilities(context, ids),
    idsWithoutHistory(context, "facility", ids),
  ]);
  const none = { zones: 0, devices: 0 };
  return {
    rows: rows.map((facility) => ({
      ...{ ...facility, ...(counts.get(facility.id) ?? none) },
      deletable: deletable.has(facility.id),
    })),
    total,
    nextCursor: pageStart(nextCursor),
  };
}
