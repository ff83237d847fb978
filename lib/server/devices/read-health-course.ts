import { sql } from "drizzle-orm";
import { bucketSecondsFor } from "@/lib/domain/messages/series";
import type { Context } from "@/lib/server/context";
import { epochMs } from "@/lib/server/sql";
import { instantOf, type Range } from "./resolve-range";

/** Health from an instant on, until the next step; milliseconds since 1970. */
export type HealthStep = { at: number; score: number };

type Row = { first_at: number; last_at: number; lowest: number; last: number };

/**
 * The recorded health of a device through a range, up to now, at most `points` stretches of it: of
 * several scores in a stretch the lowest and the last are kept.
 * @param query.deviceId of a device that is known to be within the actor's reach
 */
export async function readHealthCourse(
  { db, now }: Pick<Context, "db" | "now">,
  { deviceId, range, points }: { deviceId: number; range: Range; points: number },
): Promise<HealthStep[]> {
  const seconds = bucketSecondsFor(range.to - range.from, points);
  const of = sql`from health_snapshots where device_id = ${deviceId}::int`;
  const [[before], rows] = await Promise.all([
    db.execute<{ score: number }>(sql`
      select health_score::int as score ${of} and at <= ${instantOf(range.from)}
      order by at desc limit 1`),
    db.execute<Row>(sql`
      select ${epochMs("min(at)")} as first_at,
             ${epochMs("max(at)")} as last_at,
             min(health_score)::int as lowest,
             (array_agg(health_score order by at desc))[1]::int as last
      ${of} and at > ${instantOf(range.from)} and at < ${instantOf(range.to)}
      group by date_bin(make_interval(secs => ${seconds}), at, ${instantOf(range.origin)})
      order by first_at`),
  ]);
  const steps = [...rows].flatMap(({ first_at, last_at, lowest, last }) => [
    { at: first_at, score: lowest },
    ...(last === lowest ? [] : [{ at: last_at, score: last }]),
  ]);
  const all = before ? [{ at: range.from, score: before.score }, ...steps] : steps;
  const end = Math.min(range.to, now.getTime());
  const newest = all.at(-1);
  return newest && newest.at < end ? [...all, { at: end, score: newest.score }] : all;
}
