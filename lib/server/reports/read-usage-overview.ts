import { type SQL, sql } from "drizzle-orm";
import type { LocalDate } from "@/lib/domain/values/fields";
import type { ReadContext } from "@/lib/server/context";
import { deviceWithin, PLACE } from "@/lib/server/scope/within-reach";
import { findRange, ofScope, readFirstUsage, type UsageQuery } from "./read-usage";
import type { UsageRow } from "./usage-row";

export type DayUsage = { date: LocalDate; events: number; devices: number };
export type ZoneUsage = {
  zone_id: number;
  zone_code: string;
  facility_name: string;
  events: number;
  devices: number;
};

/** What a usage report holds. */
export type UsageOverview = {
  events: number;
  /** Events that say occupied, and those that say free. */
  occupied_events: number;
  free_events: number;
  /** Devices with events. */
  devices: number;
  /** The dates that have events, oldest first. */
  days: DayUsage[];
  /** The zones that have events, most first. */
  zones: ZoneUsage[];
  /** The first rows of the file. */
  first: UsageRow[];
};

/**
 * What the file of the same query holds: its totals and its first rows, all of one snapshot. Events
 * are counted in the index of the raw rows, days and zones from rollups.
 * @throws what the database says
 */
export async function readUsageOverview(
  { db, actor }: ReadContext,
  query: UsageQuery,
  firstRows: number,
): Promise<UsageOverview> {
  const [from, to] = [query.from, query.to].sort() as [LocalDate, LocalDate];
  const dates = { ...query, from, to };
  return db.transaction(
    async (tx) => {
      const within = { db: tx, actor };
      const [counts, days, zones, first] = await Promise.all([
        countEvents(within, dates),
        readDays(within, dates),
        readZones(within, dates),
        readFirstUsage(within, dates, firstRows),
      ]);
      const devices = zones.reduce((sum, zone) => sum + zone.devices, 0);
      const events = counts.occupied_events + counts.free_events;
      return { events, ...counts, devices, days, zones, first };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

type Counts = Pick<UsageOverview, "occupied_events" | "free_events">;

/** The local date of an event is asked for near the ends of the range alone, as it takes its time. */
async function countEvents(context: ReadContext, query: UsageQuery): Promise<Counts> {
  const range = await findRange(context, query);
  if (!range) return { occupied_events: 0, free_events: 0 };
  const at = (text: string) => sql`${text}::timestamptz`;
  const from = (text: string) => sql`l."timestamp" >= ${at(text)}`;
  const until = (text: string) => sql`l."timestamp" < ${at(text)}`;
  const scope = ofScope(query, context.actor.reach);
  const [counts] = await context.db.execute<Counts>(sql`
    with counted as (
      select count(*) filter (where l.is_occupied) as occupied, count(*) as events
      from parking_logs l
      where ${from(range.surely_from)} and ${until(range.surely_until)} and ${scope}
      union all
      select count(*) filter (where l.is_occupied), count(*)
      from parking_logs l
      join devices d on d.id = l.device_id join zones z on z.id = d.zone_id
      join facilities f on f.id = z.facility_id
      where ((${from(range.starts)} and ${until(range.surely_from)})
          or (l."timestamp" >= greatest(${at(range.surely_from)}, ${at(range.surely_until)})
              and ${until(range.ends)})) and ${until(range.ends)}
        and ${scope}
        and (l."timestamp" at time zone f.time_zone)::date
            between ${query.from}::date and ${query.to}::date
    )
    select sum(occupied)::int as occupied_events, sum(events - occupied)::int as free_events
    from counted`);
  return counts!;
}

async function readDays(context: ReadContext, query: UsageQuery): Promise<DayUsage[]> {
  const rows = await context.db.execute<DayUsage>(sql`
    select e.day::text as date, sum(e.event_count)::int as events, count(*)::int as devices
    ${ofDays(context, query)} group by e.day order by e.day`);
  return [...rows];
}

async function readZones(context: ReadContext, query: UsageQuery): Promise<ZoneUsage[]> {
  const rows = await context.db.execute<ZoneUsage>(sql`
    select z.id as zone_id, z.code as zone_code, f.name as facility_name,
           sum(e.events)::int as events, count(*)::int as devices
    from (select e.device_id, sum(e.event_count) as events
          ${ofDays(context, query)} group by e.device_id) e
    join devices d on d.id = e.device_id join zones z on z.id = d.zone_id
    join facilities f on f.id = z.facility_id
    group by z.id, f.name order by events desc, z.code, z.id`);
  return [...rows];
}

const ofDays = (context: ReadContext, query: UsageQuery) => sql`
  from parking_days e join devices d on d.id = e.device_id join zones z on z.id = d.zone_id
  where e.day between ${query.from}::date and ${query.to}::date and ${inScope(context, query)}`;

function inScope({ actor }: ReadContext, { facilityId, zoneId }: UsageQuery): SQL {
  const all = [deviceWithin(actor.reach, PLACE)];
  if (facilityId !== undefined) all.push(sql`z.facility_id = ${facilityId}::int`);
  if (zoneId !== undefined) all.push(sql`z.id = ${zoneId}::int`);
  return sql.join(all, sql` and `);
}
