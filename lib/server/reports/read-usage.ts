import { type SQL, sql } from "drizzle-orm";
import type { Reach } from "@/lib/domain/access/reach";
import type { LocalDate } from "@/lib/domain/values/fields";
import type { ReadContext } from "@/lib/server/context";
import { deviceWithin, facilityWithin, PLACE } from "@/lib/server/scope/within-reach";
import { type LogColumns, PlaceNames } from "./place-names";
import type { UsageRow } from "./usage-row";

export type UsageQuery = { from: LocalDate; to: LocalDate; facilityId?: number; zoneId?: number };

/** Where a report goes on; `at` in microseconds since 1970, as exact as timestamps are stored. */
type Key = { at: string; device_id: string; is_occupied: boolean };
/** Instants; everything from `surely_from` to `surely_until` belongs wherever its facility is. */
type Range = { starts: string; ends: string; surely_from: string; surely_until: string };

const ROWS_PER_CHUNK = 5_000;

/**
 * The parking logs of a range of dates, both included, each facility by its own local dates,
 * ordered by time and device; dates given the wrong way round are swapped. Every chunk is a query
 * of its own that goes on where the last one ended, so that a slow reader holds no connection.
 * @throws what the database says, also midway: what was read until then is not the whole
 */
export async function* readUsage(
  context: ReadContext,
  query: UsageQuery,
  rowsPerChunk = ROWS_PER_CHUNK,
): AsyncGenerator<UsageRow[]> {
  const [from, to] = [query.from, query.to].sort() as [LocalDate, LocalDate];
  const dates = { ...query, from, to };
  const range = await findRange(context, dates);
  if (!range) return;
  const names = new PlaceNames(context);
  let coming = readChunk(context, dates, { range, after: null, rowsPerChunk });
  for (let chunks = 1; ; chunks++) {
    const { found, last } = await coming;
    // While these rows are written, the database looks up the next ones.
    const next = last && { range, after: last, rowsPerChunk };
    if (next && chunks > 1) coming = readAhead(readChunk(context, dates, next));
    const rows = (await names.of(found)).filter(({ date }) => date >= from && date <= to);
    if (rows.length > 0) yield rows;
    if (!next) return;
    if (chunks === 1) coming = readChunk(context, dates, next);
  }
}

/** A reader who goes away leaves it unread: its failure is then no one's. */
function readAhead<T>(reading: Promise<T>): Promise<T> {
  reading.catch(() => {});
  return reading;
}

/** The first rows of what `readUsage` reads. */
export async function readFirstUsage(
  context: ReadContext,
  query: UsageQuery,
  count: number,
): Promise<UsageRow[]> {
  const first: UsageRow[] = [];
  for await (const rows of readUsage(context, query, count)) {
    first.push(...rows);
    if (first.length >= count) break;
  }
  return first.slice(0, count);
}

/**
 * The instants that hold these dates in every facility in scope; null without facilities. A date
 * that a time zone skipped holds none.
 */
export async function findRange(
  { db, actor }: ReadContext,
  query: UsageQuery,
): Promise<Range | null> {
  const { from, to, facilityId, zoneId } = query;
  const [range] = await db.execute<{ [K in keyof Range]: Range[K] | null }>(sql`
    select min(d.starts)::text as starts, max(d.ends)::text as ends,
           max(greatest(d.starts, local_day_end(${from}::date - 1, f.time_zone)))::text as surely_from,
           min(least(d.ends, local_day_start(${to}::date + 1, f.time_zone)))::text as surely_until
    from facilities f
    cross join lateral (
      select coalesce(local_day_start(${from}::date, f.time_zone),
                      local_day_start(${from}::date + 1, f.time_zone)) as starts,
             coalesce(local_day_end(${to}::date, f.time_zone),
                      local_day_end(${to}::date - 1, f.time_zone)) as ends
    ) d
    where ${facilityWithin(actor.reach, { facility: sql`f.id` })}
      and ${facilityId === undefined ? sql`true` : sql`f.id = ${facilityId}::int`}
      and ${zoneId === undefined ? sql`true` : sql`f.id = (select facility_id from zones where id = ${zoneId}::int)`}`);
  if (!range?.starts) return null;
  return range as Range;
}

type ChunkQuery = { range: Range; after: Key | null; rowsPerChunk: number };
type Chunk = { found: LogColumns; last: Key | null };

/** Columns as lists in text: of thousands of rows, a value each would take longer than the query. */
async function readChunk(
  { db, actor }: ReadContext,
  query: UsageQuery,
  { range, after, rowsPerChunk }: ChunkQuery,
): Promise<Chunk> {
  const at = sql`(timestamptz 'epoch' + ${after?.at ?? "0"}::float8 * interval '1 microsecond')`;
  const goesOn = after
    ? sql`l."timestamp" >= ${at} and (l."timestamp", l.device_id, l.is_occupied)
        > (${at}, ${after.device_id}::int, ${after.is_occupied}::boolean)`
    : sql`l."timestamp" >= ${range.starts}::timestamptz`;
  const [lists] = await db.execute<Record<keyof LogColumns, string | null>>(sql`
    with chunk as materialized (
      select l.device_id, l."timestamp", l.is_occupied from parking_logs l
      where ${goesOn} and l."timestamp" < ${range.ends}::timestamptz and ${ofScope(query, actor.reach)}
      order by l."timestamp", l.device_id, l.is_occupied
      limit ${rowsPerChunk}
    )
    select array_agg(device_id)::text as "deviceIds", array_agg(zone_id)::text as "zoneIds",
           array_agg(is_occupied)::text as states, array_agg(epoch_us)::text as "instants",
           array_agg(offset_s)::text as offsets
    from (
      select c.device_id, s.zone_id, c.is_occupied,
             round(date_part('epoch', c."timestamp") * 1e6)::bigint as epoch_us,
             round(date_part('epoch', c."timestamp" at time zone s.time_zone)
                   - date_part('epoch', c."timestamp"))::int as offset_s
      from chunk c join device_state s on s.device_id = c.device_id
      order by c."timestamp", c.device_id, c.is_occupied
    ) log`);
  const list = (name: keyof LogColumns) => lists?.[name]?.slice(1, -1).split(",") ?? [];
  const found: LogColumns = {
    deviceIds: list("deviceIds"),
    zoneIds: list("zoneIds"),
    states: list("states"),
    instants: list("instants"),
    offsets: list("offsets"),
  };
  return { found, last: keyAt(found, rowsPerChunk - 1) };
}

/** The key of the last row of a full chunk; null where the chunk is not full, so that nothing follows. */
function keyAt({ deviceIds, states, instants }: LogColumns, row: number): Key | null {
  const [device_id, state, at] = [deviceIds[row], states[row], instants[row]];
  if (device_id === undefined || state === undefined || at === undefined) return null;
  return { at, device_id, is_occupied: state === "t" };
}

/** As an array, so that the index on time is filtered by device before any row is fetched. */
export function ofScope({ facilityId, zoneId }: UsageQuery, reach: Reach): SQL {
  if (zoneId === undefined && facilityId === undefined && reach.kind === "all") return sql`true`;
  const zone = zoneId === undefined ? sql`true` : sql`z.id = ${zoneId}::int`;
  const facility = facilityId === undefined ? sql`true` : sql`z.facility_id = ${facilityId}::int`;
  return sql`l.device_id = any(array(
    select d.id from devices d join zones z on z.id = d.zone_id
    where ${zone} and ${facility} and ${deviceWithin(reach, PLACE)}))`;
}
