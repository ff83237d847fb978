import type { Facility } from "@/lib/server/facilities/read-facilities";
import type { FacilityAbove } from "./_components/zones/zone-form";

/** Of facilities what the forms of what is in them need; the browser gets nothing else. */
export function facilitiesAbove(facilities: Facility[]): FacilityAbove[] {
  return facilities.map(
    ({ address: _a, latitude: _b, longitude: _c, time_zone: _d, ...above }) => above,
  );
}
