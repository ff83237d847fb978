import { type SQL, sql } from "drizzle-orm";
import { bucketSecondsFor, type SeriesPoint, type Spread } from "@/lib/domain/messages/series";
import type { ReadContext } from "@/lib/server/context";
import { epochMs } from "@/lib/server/sql";
import { instantOf, type Range } from "./resolve-range";

/** The readings of a device in a range, as many as a screen can show. Times are ISO 8601 in UTC. */
export type Series = {
  from: string;
  to: string;
  /** Length of a bucket. */
  bucket_seconds: number;
  /** How many readings there are in the range. */
  readings: number;
  /** Buckets that hold a reading, oldest first. */
  points: SeriesPoint[];
};

type Row = { at_ms: number; readings: number } & Record<
  `${"voltage" | "current" | "power"}_${"min" | "sum" | "max"}`,
  number
>;

/**
 * Readings of a device, in buckets that are counted from `range.origin`: each keeps the lowest and
 * the highest value, so that no peak is lost.
 * @param query.deviceId of a device that is known to be within the actor's reach
 * @param query.points the most buckets that the answer may have
 */
export async function readSeries(
  { db }: Pick<ReadContext, "db">,
  { deviceId, range, points }: { deviceId: number; range: Range; points: number },
): Promise<Series> {
  const seconds = bucketSecondsFor(range.to - range.from, points);
  const rows = await db.execute<Row>(sql`
    select ${epochMs("b.bucket")} as at_ms, b.* from (
      select date_bin(make_interval(secs => ${seconds}), t.timestamp, ${instantOf(range.origin)})
               as bucket,
             count(*)::int as readings,
             ${aggregates("voltage", sql`t.voltage`)}, ${aggregates("current", sql`t.current`)},
             ${aggregates("power", powerW)}
      from telemetry t
      where t.device_id = ${deviceId}::int
        and t.timestamp >= ${instantOf(range.from)} and t.timestamp < ${instantOf(range.to)}
      group by bucket
    ) b order by b.bucket`);
  return {
    from: new Date(range.from).toISOString(),
    to: new Date(range.to).toISOString(),
    bucket_seconds: seconds,
    readings: rows.reduce((sum, { readings }) => sum + readings, 0),
    points: [...rows].map((row) => pointOf(row, range.from)),
  };
}

// Postgres refuses products and sums that are too large or too small for a number, and devices may
// send any number: what no meter measures is cut off before it is reckoned with.
const powerW = sql`case when t.voltage < 1e-150 or t.current < 1e-150 then 0
  else least(t.voltage, 1e150) * least(t.current, 1e150) end`;

const aggregates = (name: string, value: SQL) => sql`
  min(${value}) as ${sql.identifier(`${name}_min`)},
  sum(least(${value}, 1e300)) as ${sql.identifier(`${name}_sum`)},
  max(${value}) as ${sql.identifier(`${name}_max`)}`;

function pointOf(row: Row, from: number): SeriesPoint {
  const { readings } = row;
  const spread = (min: number, sum: number, max: number): Spread => ({
    min,
    // The mean of equal values must not leave them by a rounding of their sum.
    avg: Math.min(Math.max(sum / readings, min), max),
    max,
  });
  return {
    at: new Date(Math.max(row.at_ms, from)).toISOString(),
    readings,
    voltage: spread(row.voltage_min, row.voltage_sum, row.voltage_max),
    current: spread(row.current_min, row.current_sum, row.current_max),
    power_w: spread(row.power_min, row.power_sum, row.power_max),
  };
}
