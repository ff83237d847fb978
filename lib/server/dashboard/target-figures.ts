import { sql } from "drizzle-orm";
import { efficiencyPct } from "@/lib/domain/occupancy/efficiency";
import type { Runs } from "@/lib/server/sql";
import { type DayScope, zonesInScope } from "./place-days";

/** Expected and actual number of parking logs. */
export type TargetComparison = { target: number; actual: number };

/** One target: of a zone or of a device. */
export type TargetFigures = TargetComparison & {
  target_id: number;
  efficiency_pct: number | null;
} & (
    | { zone_id: number; zone_code: string; device_code?: undefined }
    | { device_id: number; device_code: string; zone_code?: undefined }
  );

export type TargetRow = TargetComparison & {
  target_id: number;
  zone_id: number;
  zone_code: string;
  device_id: number | null;
  device_code: string | null;
  zone_has_its_own: boolean;
};

/**
 * Every target of a date with what became of it, and all of them together, in which a device's
 * target is left out where its zone has one of its own: those events are in the zone's already.
 * Rule: docs/rules.md#efficiency.
 */
export async function readTargetFigures(
  db: Runs,
  scope: DayScope,
): Promise<{ overall: TargetComparison | null; breakdown: TargetFigures[] }> {
  const rows = await readTargetRows(db, scope);
  return { overall: allTogether(rows), breakdown: rows.map(figuresOf) };
}

/** Every target of a date, of zones (without `device_id`) and of devices. */
export async function readTargetRows(db: Runs, scope: DayScope): Promise<TargetRow[]> {
  const rows = await db.execute<TargetRow>(sql`
    with zone_events as (
      select zone_id, sum(event_count) as events from zone_hours
      where day = ${scope.date}::date group by zone_id
    )
    select t.id as target_id, z.id as zone_id, z.code as zone_code, d.id as device_id,
           d.code as device_code, t.target_value as target,
           coalesce(own.event_count, ofzone.events, 0)::int as actual,
           t.device_id is not null and exists (
             select from targets o where o.zone_id = z.id and o.date = t.date) as zone_has_its_own
    from targets t
    left join devices d on d.id = t.device_id
    join zones z on z.id = coalesce(t.zone_id, d.zone_id)
    left join zone_events ofzone on ofzone.zone_id = t.zone_id
    left join parking_days own on own.device_id = t.device_id and own.day = t.date
    where t.date = ${scope.date}::date and ${zonesInScope(scope)}
    order by z.code collate "C", z.id, d.code collate "C" nulls first`);
  return [...rows];
}

/** The targets that count together: those of devices whose zone has one of its own lie in that. */
export function withoutNested(rows: readonly TargetRow[]): TargetRow[] {
  return rows.filter((row) => !row.zone_has_its_own);
}

/** All targets in one, without those that lie in another; null when there is none. */
export function allTogether(rows: readonly TargetRow[]): TargetComparison | null {
  const counted = withoutNested(rows);
  if (counted.length === 0) return null;
  return {
    target: counted.reduce((total, row) => total + row.target, 0),
    actual: counted.reduce((total, row) => total + row.actual, 0),
  };
}

function figuresOf({ target_id, target, actual, ...of }: TargetRow): TargetFigures {
  const figures = { target_id, target, actual, efficiency_pct: efficiencyPct(actual, target) };
  return of.device_id === null || of.device_code === null
    ? { zone_id: of.zone_id, zone_code: of.zone_code, ...figures }
    : { device_id: of.device_id, device_code: of.device_code, ...figures };
}
