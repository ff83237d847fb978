import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectDatabase } from "@/db/client";
import type { Reach } from "@/lib/domain/access/reach";
import { SYSTEM } from "@/lib/server/context";
import { readUsage, type UsageQuery } from "@/lib/server/reports/read-usage";
import { readUsageOverview } from "@/lib/server/reports/read-usage-overview";
import type { UsageRow } from "@/lib/server/reports/usage-row";
import type { Device } from "@/tests/support/factories";
import { makeEstate, park } from "@/tests/support/history";
import { startRuntime } from "@/tests/support/routes";

let database: Awaited<ReturnType<typeof startRuntime>>;
let pool: ReturnType<typeof connectDatabase>;
type Estate = Awaited<ReturnType<typeof makeEstate>>;
let estates: Record<"vienna" | "kiritimati" | "midway", Estate>;

/** An event each so many minutes, arrivals and departures in turn, three to one. */
async function fill(devices: Device[], from: string, count: number, minutes: number) {
  const start = Date.parse(from);
  await park(
    database.sql,
    ...Array.from({ length: count }, (_, n) => {
      const time = new Date(start + n * minutes * 60_000).toISOString();
      return [devices[n % devices.length]!, time, n % 4 !== 0] as [Device, string, boolean];
    }),
  );
}

beforeAll(async () => {
  database = await startRuntime();
  pool = connectDatabase(database.url, 4);
  estates = {
    vienna: await makeEstate(database.sql, "Europe/Vienna", 3),
    kiritimati: await makeEstate(database.sql, "Pacific/Kiritimati", 2),
    midway: await makeEstate(database.sql, "Pacific/Midway", 2),
  };
  await fill(estates.vienna.devices, "2025-03-27T00:00:00Z", 700, 11);
  await fill(estates.kiritimati.devices, "2025-03-27T00:00:00Z", 500, 17);
  await fill(estates.midway.devices, "2025-03-27T00:00:00Z", 500, 19);
});
afterAll(async () => {
  await pool.sql.end();
  await database.stop();
});

const context = (reach: Reach = SYSTEM.reach) => ({ db: pool.db, actor: { ...SYSTEM, reach } });

async function fileRows(query: UsageQuery, reach?: Reach): Promise<UsageRow[]> {
  const rows: UsageRow[] = [];
  for await (const chunk of readUsage(context(reach), query)) rows.push(...chunk);
  return rows;
}

/** What the file of a query holds, counted row by row. */
async function countFile(query: UsageQuery, reach?: Reach) {
  const rows = await fileRows(query, reach);
  const tally = (key: (row: UsageRow) => string) => {
    const groups = new Map<string, { events: number; devices: Set<string> }>();
    for (const row of rows) {
      const group = groups.get(key(row)) ?? { events: 0, devices: new Set() };
      group.events++;
      groups.set(key(row), { ...group, devices: group.devices.add(row.device_code) });
    }
    return Object.fromEntries(
      [...groups].map(([name, { events, devices }]) => [name, [events, devices.size]]),
    );
  };
  return {
    events: rows.length,
    occupied_events: rows.filter((row) => row.is_occupied).length,
    free_events: rows.filter((row) => !row.is_occupied).length,
    devices: new Set(rows.map((row) => row.device_code)).size,
    days: tally((row) => row.date),
    zones: tally((row) => row.zone_code),
    first: rows.slice(0, 50),
  };
}

async function overviewOf(query: UsageQuery, reach?: Reach) {
  const overview = await readUsageOverview(context(reach), query, 50);
  const listed = (rows: { name: string; events: number; devices: number }[]) =>
    Object.fromEntries(rows.map(({ name, events, devices }) => [name, [events, devices]]));
  return {
    ...overview,
    days: listed(overview.days.map((day) => ({ ...day, name: day.date }))),
    zones: listed(overview.zones.map((zone) => ({ ...zone, name: zone.zone_code }))),
  };
}

describe("the overview of a usage report", () => {
  it.each([
    ["2025-03-28", "2025-03-31"],
    ["2025-03-30", "2025-03-30"],
    ["2025-03-31", "2025-03-28"],
    ["2025-03-27", "2025-03-27"],
    ["2025-01-01", "2025-12-31"],
    ["2024-01-01", "2024-01-02"],
    ["0001-01-01", "9999-12-31"],
  ])("agrees with the file from %s to %s, in one time zone and in several", async (from, to) => {
    const queries: UsageQuery[] = [
      { from, to },
      ...Object.values(estates).map(({ facility }) => ({ from, to, facilityId: facility.id })),
      { from, to, zoneId: estates.midway.zone.id },
    ];
    for (const query of queries) expect(await overviewOf(query)).toEqual(await countFile(query));
  });

  it("holds what is within reach alone, as the file does", async () => {
    const query = { from: "2025-03-28", to: "2025-03-30" };
    const { vienna, midway } = estates;
    const reaches: Reach[] = [
      { kind: "facilities", ids: [vienna.facility.id, midway.facility.id] },
      { kind: "zone", id: vienna.zone.id },
      { kind: "device", id: vienna.devices[0].id },
      { kind: "facilities", ids: [] },
    ];
    const events: number[] = [];
    for (const reach of reaches) {
      const overview = await overviewOf(query, reach);
      expect(overview).toEqual(await countFile(query, reach));
      events.push(overview.events);
    }
    expect(events.at(-1)).toBe(0);
    expect(events).toEqual([...events].sort((a, b) => b - a));
    expect(new Set(events).size).toBe(4);
  });

  it("is sorted as it is read: dates from the oldest, zones from the busiest", async () => {
    const { days, zones } = await readUsageOverview(
      context(),
      { from: "2025-03-26", to: "2025-04-10" },
      1,
    );
    expect(days.map(({ date }) => date)).toEqual(days.map(({ date }) => date).sort());
    expect(zones.map(({ events }) => events)).toEqual([700, 500, 500]);
  });
});
