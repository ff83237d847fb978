import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectDatabase } from "@/db/client";
import { type Context, SYSTEM } from "@/lib/server/context";
import { updateDevice } from "@/lib/server/devices/update-device";
import { updateFacility } from "@/lib/server/facilities/update-facility";
import { rebuildRollups } from "@/lib/server/rollups/rebuild-rollups";
import { updateZone } from "@/lib/server/zones/update-zone";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import { type Device, makeDevice, makeFacility, makeZone } from "../../support/factories";
import { type Contact, type Event, park, report } from "../../support/history";

const NOTHING = { device_state: 0, telemetry_days: 0, parking_days: 0, zone_hours: 0 };

/** A time zone, and a moment at which its clocks change. */
const CLOCK_CHANGES = [
  ["Europe/Berlin", "2025-10-26T01:00:00Z"],
  ["Europe/Berlin", "2025-03-30T01:00:00Z"],
  ["America/Sao_Paulo", "2018-11-04T03:00:00Z"],
  ["America/Sao_Paulo", "2018-02-18T02:00:00Z"],
  ["Australia/Lord_Howe", "2025-04-05T15:00:00Z"],
  ["Asia/Kathmandu", "2025-01-01T00:00:00Z"],
  // Half a minute past a midnight that comes back an hour later, two hours past one that comes back
  // three hours later, a midnight shown twice, and the beginning of a date after a skipped one.
  ["America/St_Johns", "2004-10-31T02:30:30Z"],
  ["Antarctica/Casey", "2010-03-04T15:00:00Z"],
  ["Asia/Colombo", "2006-04-14T18:30:00Z"],
  ["Pacific/Apia", "2011-12-30T10:00:00Z"],
] as const;

let database: TestDatabase;
let verbs: ReturnType<typeof connectDatabase>;
const context = (): Context => ({ db: verbs.db, actor: SYSTEM, now: new Date() });

beforeAll(async () => {
  database = await createTestDatabase();
  verbs = connectDatabase(database.url, 4);
});
afterAll(async () => {
  await verbs.sql.end();
  await database.drop();
});

/** Everything that is derived from raw rows. */
async function derived() {
  const { sql } = database;
  return {
    states: await sql`select * from device_state order by device_id`,
    telemetryDays: await sql`select * from closed_telemetry_days order by 1, 2`,
    parkingDays: await sql`select * from parking_days order by 1, 2`,
    zoneHours: await sql`select * from zone_hours order by 1, 2`,
  };
}

async function expectSound(...facilityIds: number[]) {
  for (const facilityId of facilityIds) {
    expect(await rebuildRollups(context(), { facilityId })).toEqual(NOTHING);
  }
}

/** Some history of a device around a moment: late, twice, and two states at one time. */
async function live(device: Device, around: string) {
  const at = (hours: number) => new Date(Date.parse(around) + hours * 3_600_000).toISOString();
  for (const hours of [0, 30, -30, 1, -1, 0]) {
    await park(database.sql, [device, at(hours), true], [device, at(hours + 0.25), false]);
    await park(database.sql, [device, at(hours), false]);
    await report(database.sql, [device, at(hours)], [device, at(hours + 0.5)]);
  }
}

/** One call of a device: what it sent, to which device, and when, in minutes from the clock change. */
const batch = fc.record({
  kind: fc.constantFrom("park", "report"),
  messages: fc.array(
    fc.record({
      device: fc.nat({ max: 2 }),
      // Coarse, so that times meet; far enough for several days.
      minute: fc.integer({ min: -300, max: 300 }).map((n) => n * 15),
      occupied: fc.boolean(),
    }),
    { minLength: 1, maxLength: 25 },
  ),
});

describe("after ingestion a rebuild changes nothing", () => {
  test.each(CLOCK_CHANGES)("in %s around %s", async (timeZone, change) => {
    const { sql } = database;
    const at = (minute: number) => new Date(Date.parse(change) + minute * 60_000).toISOString();
    const property = fc.asyncProperty(fc.array(batch, { maxLength: 12 }), async (batches) => {
      const zone = await makeZone(sql, { timeZone });
      const other = await makeZone(sql, { facilityId: zone.facilityId });
      const devices = [
        await makeDevice(sql, { zoneId: zone.id }),
        await makeDevice(sql, { zoneId: zone.id }),
        await makeDevice(sql, { zoneId: other.id }),
      ];
      for (const { kind, messages } of batches) {
        const events = messages.map((m): Event => [devices[m.device]!, at(m.minute), m.occupied]);
        if (kind === "park") await park(sql, ...events);
        else await report(sql, ...events.map(([device, time]): Contact => [device, time]));
      }
      const before = await derived();
      expect(await rebuildRollups(context(), { facilityId: zone.facilityId })).toEqual(NOTHING);
      expect(await derived()).toEqual(before);
    });
    await fc.assert(property, { numRuns: 15 });
  });
});

test("a damaged state or rollup is corrected, and only that is touched", async () => {
  const { sql } = database;
  const device = await makeDevice(sql, { timeZone: "Europe/Berlin" });
  await live(device, "2025-10-26T01:00:00Z");
  const sound = await derived();
  const { id, zoneId } = device;
  await sql`update closed_telemetry_days set reading_count = reading_count + 1
            where device_id = ${id} and day = '2025-10-26'`;
  await sql`delete from closed_telemetry_days where device_id = ${id} and day = '2025-10-24'`;
  await sql`insert into parking_days values (${id}, '2024-01-01', 1, now(), 1, true)`;
  await sql`update parking_days set is_occupied = not is_occupied
            where device_id = ${id} and day = '2025-10-26'`;
  await sql`delete from zone_hours where zone_id = ${zoneId}
            and hour = (select min(hour) from zone_hours where zone_id = ${zoneId})`;
  await sql`update device_state set open_day_readings = 99, is_occupied = null where device_id = ${id}`;
  const touched = () => sql`
    select 'parking_days' as name, xmin::text from parking_days where day < '2024-01-01'
    union all select 'zone_hours', xmin::text from zone_hours where zone_id = ${zoneId}
      and hour > (select min(hour) from zone_hours where zone_id = ${zoneId}) order by 1, 2`;
  const before = await touched();
  expect(await rebuildRollups(context(), { facilityId: device.facilityId })).toEqual({
    ...{ device_state: 1, telemetry_days: 2, parking_days: 2, zone_hours: 1 },
  });
  expect(await derived()).toEqual(sound);
  expect((await touched()).slice(0, before.length - 1)).toEqual(before.slice(0, before.length - 1));
  expect(await rebuildRollups(context(), { facilityId: device.facilityId })).toEqual(NOTHING);
});

test("a device that moves takes its history along, into days and hours of the new time zone", async () => {
  const { sql } = database;
  const device = await makeDevice(sql, { timeZone: "Europe/Berlin" });
  const neighbour = await makeDevice(sql, { zoneId: device.zoneId });
  const there = await makeDevice(sql, { timeZone: "Asia/Shanghai" });
  for (const each of [device, neighbour, there]) await live(each, "2025-10-26T01:00:00Z");
  const eventsOf = async (zoneId: number) => {
    const [row] = await sql`
      select coalesce(sum(event_count), 0)::int as n from zone_hours where zone_id = ${zoneId}`;
    return row!.n as number;
  };
  const each = (await eventsOf(there.zoneId)) as number;
  expect(await eventsOf(device.zoneId)).toBe(2 * each);
  await updateDevice(context(), { id: device.id, change: { zone_id: there.zoneId } });
  expect(await eventsOf(device.zoneId)).toBe(each);
  expect(await eventsOf(there.zoneId)).toBe(2 * each);
  const days = (id: number) => sql`
    select day::text, event_count, is_occupied from parking_days where device_id = ${id} order by 1`;
  expect(await days(device.id)).toEqual(await days(there.id));
  await expectSound(device.facilityId, there.facilityId);
  await updateDevice(context(), { id: neighbour.id, change: { zone_id: there.zoneId } });
  expect(await sql`select from zone_hours where zone_id = ${device.zoneId}`).toHaveLength(0);
  await expectSound(device.facilityId, there.facilityId);
});

test("another time zone, of the facility or of the one a zone moves to, recounts days and hours", async () => {
  const { sql } = database;
  const device = await makeDevice(sql, { timeZone: "UTC" });
  await live(device, "2025-10-26T01:00:00Z");
  const inUtc = await derived();
  await updateFacility(context(), {
    id: device.facilityId,
    change: { time_zone: "America/New_York" },
  });
  await expectSound(device.facilityId);
  expect(await derived()).not.toEqual(inUtc);
  const elsewhere = await makeFacility(sql, { timeZone: "UTC" });
  await updateZone(context(), { id: device.zoneId, change: { facility_id: elsewhere.id } });
  expect(await derived()).toEqual(inUtc);
  await expectSound(elsewhere.id);
});

test("moves while messages come in lose nothing and deadlock no one", async () => {
  const { sql } = database;
  const here = await makeDevice(sql, { timeZone: "Europe/Berlin" });
  const there = await makeDevice(sql, { timeZone: "Asia/Tokyo" });
  const devices = [here, there, await makeDevice(sql, { zoneId: here.zoneId })];
  const zones = [here.zoneId, there.zoneId];
  const at = (n: number) => new Date(Date.UTC(2025, 9, 25) + n * 420_000).toISOString();
  const rounds = Array.from({ length: 25 }, (_, n) => n);
  const parking = async (turn: number) => {
    for (const n of rounds) {
      const order = turn ? devices : [...devices].reverse();
      await park(sql, ...order.map((d): Event => [d, at(2 * n + turn), n % 2 === 0]));
    }
  };
  const reporting = async () => {
    for (const n of rounds) await report(sql, ...devices.map((d): Contact => [d, at(n)]));
  };
  const moving = async (device: Device) => {
    for (const n of rounds) {
      const change = { zone_id: zones[n % 2], code: `${device.code}-${n}` };
      await updateDevice(context(), { id: device.id, change });
    }
  };
  const shifting = async () => {
    for (const n of rounds) {
      const change = { time_zone: n % 2 ? "Europe/Berlin" : "Asia/Kathmandu" };
      await updateFacility(context(), { id: here.facilityId, change });
      await rebuildRollups(context(), { facilityId: there.facilityId });
    }
  };
  await Promise.all([parking(0), parking(1), reporting(), moving(here), moving(there), shifting()]);
  const [stored] = await sql`
    select count(*)::int as n from parking_logs where device_id = any(${devices.map((d) => d.id)})`;
  expect(stored!.n).toBe(2 * rounds.length * devices.length);
  expect(await rebuildRollups(context())).toEqual(NOTHING);
});
