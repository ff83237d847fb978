import type { Sql } from "postgres";
import { connectDatabase } from "@/db/client";
import { SYSTEM } from "@/lib/server/context";
import { rebuildRollups } from "@/lib/server/rollups/rebuild-rollups";
import { until } from "@/tests/support/clock";
import { contradictions } from "@/tests/support/consistency";
import type { SoakDevice, Tally } from "./soak-device";

/** The check of silence runs every 15 s, and not while the server that was killed comes back. */
const ALERTS_WITHIN_MS = 75_000;

/** Live alerts, as `device type`, in order. */
async function liveAlerts(sql: Sql): Promise<string[]> {
  const rows = await sql<{ alert: string }[]>`
    select d.code || ' ' || a.alert_type as alert
    from alerts a join devices d on d.id = a.device_id where a.resolved_at is null order by 1`;
  return rows.map(({ alert }) => alert);
}

const expectedAlerts = (devices: SoakDevice[]) =>
  devices
    .flatMap(({ code, habit, alerts }) => {
      const causes: string[] = [...alerts.live, ...(habit === "silent" ? ["offline"] : [])];
      return causes.map((type) => `${code} ${type}`);
    })
    .sort();

/**
 * Waits until the live alerts are those that devices have a cause for.
 * @returns how many there are, and what differs in the end
 */
export async function alertDifferences(sql: Sql, devices: SoakDevice[]) {
  const expected = expectedAlerts(devices);
  const agree = async () => (await liveAlerts(sql)).join() === expected.join();
  await until("alerts and causes agree", agree, ALERTS_WITHIN_MS).catch(() => {});
  const found = await liveAlerts(sql);
  const missing = expected.filter((alert) => !found.includes(alert));
  const surplus = found.filter((alert, i) => !expected.includes(alert) || found[i - 1] === alert);
  return {
    expected: expected.length,
    found: found.length,
    differences: [
      ...missing.map((alert) => `no live alert for a cause: ${alert}`),
      ...surplus.map((alert) => `a live alert without a cause, or twice: ${alert}`),
    ],
  };
}

/** Every message that was sent, against every row of its device. */
export async function rowDifferences(sql: Sql, devices: SoakDevice[]) {
  const tables = { telemetry: "readings", parking_logs: "logs" } as const;
  const stored = { readings: 0, logs: 0 };
  const differences: string[] = [];
  for (const [table, noun] of Object.entries(tables) as ["telemetry", "readings"][]) {
    const rows = await sql<{ code: string; messages: number; sum: string }[]>`
      select d.code, count(*)::int as messages,
             sum((extract(epoch from t."timestamp") * 1000)::bigint)::text as sum
      from ${sql(table)} t join devices d on d.id = t.device_id group by 1`;
    const byCode = new Map<string, Tally>(
      rows.map(({ code, messages, sum }) => [code, { messages, sumMs: BigInt(sum) }]),
    );
    for (const device of devices) {
      const { messages, sumMs } = byCode.get(device.code) ?? { messages: 0, sumMs: 0n };
      stored[noun] += messages;
      if (messages !== device[noun].messages || sumMs !== device[noun].sumMs) {
        differences.push(
          `${device.code}: ${device[noun].messages} ${noun} sent, ${messages} stored`,
        );
      }
    }
  }
  return { stored, differences };
}

/** Rollups against a rebuild from the raw rows, and against their plain definition. */
export async function rollupDifferences(sql: Sql, databaseUrl: string) {
  const explained = await contradictions(sql);
  const pool = connectDatabase(databaseUrl, 2);
  try {
    const context = { db: pool.db, actor: SYSTEM, now: new Date() };
    const corrected = Object.entries(await rebuildRollups(context));
    const wrong = corrected.filter(([, rows]) => rows > 0);
    return {
      corrected: corrected.reduce((sum, [, rows]) => sum + rows, 0),
      differences: [
        ...wrong.map(([table, rows]) => `a rebuild corrected ${rows} rows of ${table}`),
        ...explained.map((row) => JSON.stringify(row)),
      ],
    };
  } finally {
    await pool.sql.end();
  }
}
