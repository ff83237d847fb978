import { sql } from "drizzle-orm";
import { healthSnapshots } from "@/db/schema";
import { healthScore } from "@/lib/domain/devices/health";
import type { Context } from "@/lib/server/context";
import { devicesInPlace, inUse, offlineAfterSeconds } from "@/lib/server/device-state/silence";
import { epochMs, idList, openAlert } from "@/lib/server/sql";

type HealthRow = {
  device_id: number;
  open_alerts: number;
  last_telemetry_ms: number | null;
  offline_after_seconds: number;
  recorded_score: number | null;
};

const ROWS_PER_INSERT = 5_000;

/**
 * Records the health of every device whose score has changed since it was last recorded.
 * @param deviceIds without them all devices are looked at
 * @returns how many were recorded
 */
export async function recordHealth(
  { db, now }: Pick<Context, "db" | "now">,
  { deviceIds }: { deviceIds?: number[] } = {},
): Promise<number> {
  const looked = deviceIds ? sql`d.id = any(${idList(deviceIds)})` : sql`true`;
  const rows = await db.execute<HealthRow>(sql`
    select d.id as device_id, coalesce(o.open_alerts, 0)::int as open_alerts,
           ${epochMs("s.last_telemetry_at")} as last_telemetry_ms,
           ${offlineAfterSeconds} as offline_after_seconds,
           h.health_score as recorded_score
    from ${devicesInPlace} join device_state s on s.device_id = d.id
    left join (select device_id, count(*) as open_alerts from alerts a
               where ${openAlert("a")} group by device_id) o
           on o.device_id = d.id
    left join lateral (select health_score from health_snapshots h where h.device_id = d.id
                       order by h.at desc limit 1) h on true
    where ${looked} and ${inUse}`);
  const changed = rows
    .map((row) => ({
      deviceId: row.device_id,
      at: now,
      openAlerts: row.open_alerts,
      healthScore: healthScore(
        {
          openAlerts: row.open_alerts,
          lastTelemetryAt: row.last_telemetry_ms,
          limits: { offlineAfterSeconds: row.offline_after_seconds },
        },
        now.getTime(),
      ),
      recorded: row.recorded_score,
    }))
    .filter((row) => row.healthScore !== row.recorded);
  for (let i = 0; i < changed.length; i += ROWS_PER_INSERT) {
    const part = changed.slice(i, i + ROWS_PER_INSERT);
    await db.insert(healthSnapshots).values(part).onConflictDoNothing();
  }
  return changed.length;
}
