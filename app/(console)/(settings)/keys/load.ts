import type { OpenedPage } from "@/app/_session/open-page";
import { listFacilities } from "@/lib/server/facilities/read-facilities";
import { listKeys } from "@/lib/server/keys/read-keys";
import { listZones } from "@/lib/server/zones/read-zones";

/** The keys that the viewer may manage, and the places that new ones can be limited to. */
export async function loadKeys({ context }: OpenedPage) {
  const [keys, facilities, zones] = await Promise.all([
    listKeys(context),
    listFacilities(context, { retired: false }),
    listZones(context, { retired: false }),
  ]);
  const estate = {
    whole: context.actor.reach.kind === "all",
    facilities: facilities.rows.map(({ id, code, name }) => ({ id, code, name })),
    zones: zones.rows.map(({ id, code, name, facility_id }) => ({ id, code, name, facility_id })),
  };
  return { keys, estate };
}
