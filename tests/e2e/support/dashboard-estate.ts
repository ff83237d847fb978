import type { Sql } from "postgres";
import { api } from "@/tests/support/api";
import { secondsFromNow } from "@/tests/support/clock";
import { type Facility, makeDevice, makeFacility, makeZone } from "@/tests/support/factories";

/** A past date in Asia/Shanghai whose figures are known, and the same weekday before it. */
export const DATE = "2024-05-14";
export const WEEK_BEFORE = "2024-05-07";

export type Estate = { facility: Facility; empty: Facility };

/**
 * Two zones of 30 bays. A week before DATE A-01 comes and goes and A-02 comes and stays. On DATE: A-01 comes at 08:10 and goes at 08:50, A-02 comes at 09:05 and
 * B-01 at 09:15; 6 events are expected of zone A and 1 of device B-01. Now: A-01 is over its power
 * limit, A-03 is well. A second facility has no zones.
 */
export async function makeEstate(sql: Sql, serverUrl: string): Promise<Estate> {
  const facility = await makeFacility(sql, {
    code: "harbour",
    name: "Harbour",
    timeZone: "Asia/Shanghai",
    // Longer than the tests take: silence has tests of its own.
    offlineAfterSeconds: 3_600,
  });
  const empty = await makeFacility(sql, {
    code: "meadow",
    name: "Meadow",
    timeZone: "Asia/Shanghai",
  });
  for (const code of ["A", "B"]) {
    const zone = await makeZone(sql, { code, facilityId: facility.id });
    for (let bay = 1; bay <= 30; bay++) {
      await makeDevice(sql, { code: `${code}-${String(bay).padStart(2, "0")}`, zoneId: zone.id });
    }
  }
  await sql`insert into targets (zone_id, date, target_value)
    select id, ${DATE}, 6 from zones where code = 'A'`;
  await sql`insert into targets (device_id, date, target_value)
    select id, ${DATE}, 1 from devices where code = 'B-01'`;
  const { post } = api(serverUrl);
  const event = (device_code: string, time: string, is_occupied: boolean, date = DATE) => ({
    device_code,
    is_occupied,
    timestamp: `${date}T${time}:00+08:00`,
  });
  await post("/api/parking-log/bulk", [
    event("A-01", "08:05", true, WEEK_BEFORE),
    event("A-01", "08:20", false, WEEK_BEFORE),
    event("A-02", "09:30", true, WEEK_BEFORE),
    event("A-01", "08:10", true),
    event("A-01", "08:50", false),
    event("A-02", "09:05", true),
    event("B-01", "09:15", true),
  ]);
  await sendReadings(serverUrl);
  return { facility, empty };
}

/** A reading of now: A-01 is over its power limit, A-03 is well. */
export async function sendReadings(serverUrl: string): Promise<void> {
  const timestamp = secondsFromNow(0);
  await api(serverUrl).post("/api/telemetry/bulk", [
    { device_code: "A-01", timestamp, voltage: 230, current: 10 },
    { device_code: "A-03", timestamp, voltage: 230, current: 1 },
  ]);
}
