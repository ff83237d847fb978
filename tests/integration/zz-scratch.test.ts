import { it } from "vitest";
import { connectDatabase } from "@/db/client";
import { EVERYWHERE } from "@/lib/domain/reach";
import { countAlerts } from "@/lib/server/alerts/count-alerts";
import { readAlertGroups } from "@/lib/server/alerts/read-alert-groups";
import { readAlertRows } from "@/lib/server/alerts/read-alerts";
import { acknowledgeAlerts } from "@/lib/server/alerts/acknowledge-alerts";
import { unacknowledgeAlerts } from "@/lib/server/alerts/unacknowledge-alerts";
import { SYSTEM } from "@/lib/server/context";
import { createTestDatabase } from "@/tests/support/database";

it.each([[5000, 10000], [40000, 100000]])("bench %i devices, %i open", async (deviceCount, openCount) => {
  const database = await createTestDatabase();
  const { sql } = database;
  const pool = connectDatabase(database.url);
  await sql`insert into facilities (code, name, time_zone) select 'f' || n, 'F' || n, 'Europe/Berlin' from generate_series(1,3) n`;
  await sql`insert into zones (facility_id, code, name) select 1 + n % 3, 'z' || n, 'Z' || n from generate_series(1,60) n`;
  await sql`insert into devices (zone_id, code) select 1 + n % 60, 'd' || n from generate_series(1,${deviceCount}) n`;
  await sql`insert into device_state (device_id, zone_id, time_zone) select id, zone_id, 'Europe/Berlin' from devices`;
  await sql`insert into alerts (device_id, alert_type, severity, message, details, created_at, last_triggered_at, resolved_at)
    select 1 + (n % ${deviceCount}), (array['offline','high_power','invalid_data'])[1 + (n / ${deviceCount}) % 3]::alert_type,
     (array['WARNING','CRITICAL','WARNING'])[1 + (n / ${deviceCount}) % 3]::alert_severity, 'Power 2,300 W is above 2,000 W',
     '{"voltage": 230, "current": 10, "power_w": 2300, "limit_w": 2000}', now() - n * interval '20 s', now(), case when n < ${openCount} then null else now() end
    from generate_series(0, 99999) n`;
  await sql`insert into alert_transitions (alert_id, kind, at, actor) select id, 'raised', created_at, 'system' from alerts`;
  await sql`vacuum analyze`;
  const c = { db: pool.db, actor: { ...SYSTEM, reach: EVERYWHERE } };
  const part = { db: pool.db, actor: { ...SYSTEM, reach: { kind: "facilities" as const, ids: [1, 2] } } };
  const time = async (name: string, run: () => Promise<unknown>, times = 5) => {
    const all: number[] = [];
    for (let i = 0; i < times; i++) { const t = performance.now(); await run(); all.push(performance.now() - t); }
    all.sort((a, b) => a - b);
    console.log(`${deviceCount} ${name}: ${all[Math.floor(times / 2)]!.toFixed(1)} ms`);
  };
  const from = { date: "2026-11-01" };
  for (const [n, f] of Object.entries({ open: { state: "open" as const }, resolved: { state: "resolved" as const }, all: {}, facility: { facilityId: 1, state: "open" as const }, search: { search: "d12", state: "open" as const }, rare: { search: "nothing" , state: "open" as const}, zone: { zoneId: 3 }, acknowledgedNone: { state: "acknowledged" as const }, from: {from} })) {
    await time(`list ${n}`, () => readAlertRows(c, { ...f, limit: 50 }));
    await time(`list ${n}, part reach`, () => readAlertRows(part, { ...f, limit: 50 }));
    await time(`counts ${n}`, () => countAlerts(c, f));
    for (const by of ["device", "zone", "type"] as const) await time(`groups ${by} ${n}`, () => readAlertGroups(c, { by, ...f, limit: 50 }));
  }
  await time("counts, part reach", () => countAlerts(part, {}));
  let ids: number[] = [];
  await time("acknowledge 10,000", async () => { ids = (await acknowledgeAlerts({ ...c, now: new Date() }, { matching: { state: "open" }, asOf: new Date(), comment: null })).acknowledged.map(({ id }) => id); }, 1);
  await time("undo 10,000", async () => { await unacknowledgeAlerts({ ...c, now: new Date() }, { ids }); }, 1);
  console.log(ids.length);
  await pool.sql.end();
  await database.drop();
}, 300000);
