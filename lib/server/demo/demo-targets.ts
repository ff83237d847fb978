import { sql } from "drizzle-orm";
import { addDays } from "@/lib/domain/values/dates";
import type { Context } from "@/lib/server/context";
import { putTarget } from "@/lib/server/targets/put-target";
import { DEMO_BAYS, DEMO_FACILITIES } from "./demo-places";
import { DAY_KINDS, dayKind, localDate, startOfDay } from "./local-days";
import { eventsBetween } from "./stays";

/** Targets are set so many days ahead. */
const DAYS_AHEAD = 7;
/** What is usual is taken from two weeks; a bit more than that is aimed at. */
const USUAL_DAYS = 14;
const AMBITION = 1.05;

type ZoneRow = { id: number; code: string; facility: string; last_date: string | null };

/** Gives every zone of the demo a target for each date from `from` to a week after `to` that has none. */
export async function setTargets(context: Context, from: number, to: number): Promise<void> {
  const zones = await context.db.execute<ZoneRow>(sql`
    select z.id, z.code, f.code as facility, max(t.date)::text as last_date
    from zones z join facilities f on f.id = z.facility_id left join targets t on t.zone_id = z.id
    where z.retired_at is null and f.retired_at is null group by z.id, f.id`);
  for (const { code, time_zone: timeZone } of DEMO_FACILITIES) {
    const first = localDate(timeZone, from);
    const last = addDays(localDate(timeZone, to), DAYS_AHEAD);
    const setAll = async (zone: ZoneRow) => {
      const target = usualEvents(code, zone.code, to);
      const isSet = zone.last_date !== null && zone.last_date >= first;
      let date = isSet ? addDays(zone.last_date as string, 1) : first;
      for (; date <= last; date = addDays(date, 1)) {
        await putTarget(context, { zone_id: zone.id, date, target_value: target[dayKind(date)] });
      }
    };
    await Promise.all(zones.filter(({ facility }) => facility === code).map(setAll));
  }
}

/** How many events a zone has on a day of each kind, rounded to what a person would write down. */
function usualEvents(facility: string, zone: string, now: number) {
  const bays = DEMO_BAYS.filter((bay) => bay.facility === facility && bay.zone === zone);
  const counts = { weekday: [0], saturday: [0], sunday: [0] };
  for (let day = 1; day <= USUAL_DAYS; day++) {
    const { timeZone } = bays[0] ?? { timeZone: "UTC" };
    const date = addDays(localDate(timeZone, now), -day);
    const [from, to] = [startOfDay(timeZone, date), startOfDay(timeZone, addDays(date, 1))];
    const events = bays.reduce((sum, bay) => sum + eventsBetween(bay, from, to).length, 0);
    counts[dayKind(date)].push(events);
  }
  const usual = DAY_KINDS.map((kind) => {
    const [, ...days] = counts[kind];
    const mean = days.reduce((sum, count) => sum + count, 0) / Math.max(1, days.length);
    return [kind, Math.max(5, Math.round((mean * AMBITION) / 5) * 5)];
  });
  return Object.fromEntries(usual) as Record<(typeof DAY_KINDS)[number], number>;
}
