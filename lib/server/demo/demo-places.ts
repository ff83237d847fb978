import type { FacilityMessage } from "@/lib/domain/estate/facility";
import type { MeteredBay } from "./readings";
import { COMMUTERS, KISS_AND_RIDE, OFFICE, SHOPS, type Use, VISITORS } from "./uses";

export type DemoZone = { code: string; name: string; bays: number; use: Use };
export type DemoFacility = FacilityMessage & { prefix: string; volts: number; zones: DemoZone[] };
export type DemoBay = MeteredBay & { facility: string; zone: string; name: string };

/** Meters that save their batteries report every quarter or half of an hour (tell-history.ts). */
export const OFFLINE_AFTER_SECONDS = 40 * 60;
const limits = { offline_after_seconds: OFFLINE_AFTER_SECONDS };

/** Three facilities that live by different clocks and are used differently; 300 bays in all. */
export const DEMO_FACILITIES: DemoFacility[] = [
  {
    ...{ code: "OFFICE-VIE", name: "Danube Offices", time_zone: "Europe/Vienna" },
    ...{ address: "Handelskai, Vienna", latitude: 48.2322, longitude: 16.4042 },
    ...{ prefix: "VIE", volts: 230, ...limits },
    zones: [
      { code: "G", name: "Ground floor, visitors", bays: 24, use: VISITORS },
      { code: "L1", name: "Level 1", bays: 44, use: OFFICE },
      { code: "L2", name: "Level 2", bays: 44, use: OFFICE },
    ],
  },
  {
    ...{ code: "MALL-NYC", name: "Harbor Mall", time_zone: "America/New_York" },
    ...{ address: "Waterfront, Staten Island, New York", latitude: 40.6437, longitude: -74.0765 },
    ...{ prefix: "NYC", volts: 120, ...limits },
    zones: [
      { code: "NORTH", name: "North entrance", bays: 40, use: SHOPS },
      { code: "SOUTH", name: "South entrance", bays: 40, use: SHOPS },
      { code: "ROOF", name: "Roof", bays: 36, use: SHOPS },
    ],
  },
  {
    ...{ code: "STATION-TYO", name: "Minato Station", time_zone: "Asia/Tokyo" },
    ...{ address: "Minato City, Tokyo", latitude: 35.6581, longitude: 139.7515 },
    ...{ prefix: "TYO", volts: 100, ...limits },
    zones: [
      { code: "KR", name: "Kiss and ride", bays: 12, use: KISS_AND_RIDE },
      { code: "P1", name: "Park and ride 1", bays: 30, use: COMMUTERS },
      { code: "P2", name: "Park and ride 2", bays: 30, use: COMMUTERS },
    ],
  },
];

const two = (bay: number) => String(bay).padStart(2, "0");

/** Every bay of the demo, in a fixed order. */
export const DEMO_BAYS: DemoBay[] = DEMO_FACILITIES.flatMap((facility) =>
  facility.zones.flatMap((zone) =>
    Array.from({ length: zone.bays }, (_, i) => ({
      code: `${facility.prefix}-${zone.code}-${two(i + 1)}`,
      name: `${zone.name}, bay ${i + 1}`,
      zone: zone.code,
      facility: facility.code,
      timeZone: facility.time_zone,
      use: zone.use,
      volts: facility.volts,
    })),
  ),
);
