import { type SQL, sql } from "drizzle-orm";
import type { LocalDate } from "@/lib/domain/fields";
import type { Reach } from "@/lib/domain/reach";
import type { ReadContext } from "@/lib/server/context";
import { deviceWithin, facilityWithin, PLACE } from "@/lib/server/scope/within-reach";

export type UsageQuery = { from: LocalDate; to: LocalDate; facilityId?: number; zoneId?: number };

/** One parking log; date and timestamp in the local time of its facility. */
export type UsageRow = {
  date: LocalDate;
  device_code: string;
  zone_code: string;
  /** The facility's code. */
  facility: string;
  is_occupied: boolean;
  timestamp: string;
};

type Key = { at: string; device_id: number; is_occupied: boolean };
/** Instants; everything from `surely_from` to `surely_until` belongs wherever its facility is. */
type Range = { starts: string; ends: string; surely_from: string; surely_until: string };
type Found = Omit<UsageRow, "date" | "timestamp"> &
  Key & { utc_ms: number; local_ms: number; belongs: boolean };

const ROWS_PER_CHUNK = 2_000;

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
  for (let after: Key | null = null; ; ) {
    const found: Found[] = await readChunk(context, dates, { range, after, rowsPerChunk });
    const rows = found.filter(({ belongs }) => belongs).map(rowOf);
    if (rows.length > 0) yield rows;
    const last = found[rowsPerChunk - 1];
    if (!last) return;
    after = last;
  }
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

type Chunk = { range: Range; after: Key | null; rowsPerChunk: number };

async function readChunk(
  { db, actor }: ReadContext,
  query: UsageQuery,
  { range, after, rowsPerChunk }: Chunk,
) {
  const goesOn = after
    ? sql`l."timestamp" >= ${after.at}::timestamptz and (l."timestamp", l.device_id, l.is_occupied)
        > (${after.at}::timestamptz, ${after.device_id}::int, ${after.is_occupied}::boolean)`
    : sql`l."timestamp" >= ${range.starts}::timestamptz`;
  const rows = await db.execute<Found>(sql`
    with chunk as materialized (
      select l.device_id, l."timestamp", l.is_occupied from parking_logs l
      where ${goesOn} and l."timestamp" < ${range.ends}::timestamptz and ${ofScope(query, actor.reach)}
      order by l."timestamp", l.device_id, l.is_occupied
      limit ${rowsPerChunk}
    )
    select d.code as device_code, z.code as zone_code, f.code as facility, c.is_occupied,
           (extract(epoch from c."timestamp") * 1000)::float8 as utc_ms,
           (extract(epoch from local.at) * 1000)::float8 as local_ms,
           local.at::date between ${query.from}::date and ${query.to}::date as belongs,
           c."timestamp"::text as at, c.device_id
    from chunk c
    join devices d on d.id = c.device_id
    join zones z on z.id = d.zone_id
    join facilities f on f.id = z.facility_id
    cross join lateral (select c."timestamp" at time zone f.time_zone as at) local
    order by c."timestamp", c.device_id, c.is_occupied`);
  return [...rows];
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

function rowOf({
  device_code,
  zone_code,
  facility,
  is_occupied,
  utc_ms,
  local_ms,
}: Found): UsageRow {
  const timestamp = localIso(utc_ms, local_ms);
  const date = timestamp.slice(0, 10);
  return { date, device_code, zone_code, facility, is_occupied, timestamp };
}

/** What local_iso() writes; written here because to_char() takes most of the time of a report. */
function localIso(utcMs: number, localMs: number): string {
  const local = new Date(localMs).toISOString().replace(/(\.000)?Z$/, "");
  const minutes = Math.abs(localMs - utcMs) / 60_000;
  const two = (n: number) => String(Math.floor(n)).padStart(2, "0");
  return `${local}${localMs < utcMs ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
}
