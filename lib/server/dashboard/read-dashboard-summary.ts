import { sql } from "drizzle-orm";
import { requireBreadth } from "@/lib/domain/access/reach";
import { efficiencyPct } from "@/lib/domain/occupancy/efficiency";
import type { LocalDate } from "@/lib/domain/values/fields";
import type { Context } from "@/lib/server/context";
import { readSnapshot } from "@/lib/server/read-snapshot";
import type { Runs } from "@/lib/server/sql";
import { readHourlyUsage } from "./hourly-usage";
import { type DayScope, ofTheseZones, zoneDays } from "./place-days";
import { readTargetFigures } from "./target-figures";
import { readZoneFigures, type ZoneFigures } from "./zone-figures";

export type DashboardQuery = { date: LocalDate; facilityId?: number; zoneId?: number };
export type DashboardSummary = Awaited<ReturnType<typeof readDashboardSummary>>;

/**
 * The figures of one date, each facility by its own local date, from rollups alone and all of one
 * snapshot, so that they agree with each other while messages come in. History goes with the
 * device: what a device sent counts in the zone that it is in today.
 * @throws Problem 403 for who reaches a single device: these are figures of zones
 */
export async function readDashboardSummary({ db, actor, now }: Context, query: DashboardQuery) {
  requireBreadth(actor.reach, "zone");
  const scope = { ...query, now, reach: actor.reach };
  const [zones, hourly, targets, alerts] = await readSnapshot(db, (at) =>
    Promise.all([
      readZoneFigures(at, scope),
      readHourlyUsage(at, scope),
      readTargetFigures(at, scope),
      countAlerts(at, scope),
    ]),
  );
  const total = (figure: (zone: ZoneFigures) => number) =>
    zones.reduce((sum, zone) => sum + figure(zone), 0);
  return {
    date: query.date,
    total_parking_events: total((zone) => zone.events),
    current_occupancy_count: total((zone) => zone.last_log_occupied),
    occupancy: {
      occupied: total((zone) => zone.occupied),
      free: total((zone) => zone.free),
      unknown: total((zone) => zone.unknown),
      total: total((zone) => zone.total),
    },
    active_devices_count: total((zone) => zone.active_devices),
    alerts_triggered: alerts,
    hourly_usage: hourly,
    efficiency_pct:
      targets.overall && efficiencyPct(targets.overall.actual, targets.overall.target),
    target_actual_comparison: targets.overall,
    zone_breakdown: targets.breakdown,
    zones: zones.map(({ last_log_occupied: _, active_devices: __, ...zone }) => zone),
  };
}

/** Alerts created on the date, each by the local date of its facility. */
async function countAlerts(db: Runs, scope: DayScope): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    with ${zoneDays(scope)}, raised as (
      select a.created_at, d.zone_id
      from (
        select device_id, created_at from alerts
        where created_at >= (select min(day_start) from place)
          and created_at < (select max(day_end) from place) offset 0
      ) a
      join (select id, zone_id from devices where ${ofTheseZones} offset 0) d on d.id = a.device_id
      offset 0
    )
    select count(*)::int as count
    from raised a join zone z on z.id = a.zone_id
    where a.created_at >= z.day_start and a.created_at < z.day_end
      and (not z.is_mixed or (a.created_at at time zone z.time_zone)::date = ${scope.date}::date)`);
  return row?.count ?? 0;
}
