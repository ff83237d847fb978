import { sql } from "drizzle-orm";
import type { Connection } from "@/db/client";

/** A target that is to be stored, for a zone or for a device. */
export type PlannedTarget = {
  zone_id: number | null;
  device_id: number | null;
  date: string;
  target_value: number;
};

/** What storing targets means for those that are there. */
export type TargetPlan<T extends PlannedTarget> = {
  created: T[];
  /** With the value that is there now. */
  replaced: (T & { was: number })[];
  unchanged: T[];
};

const recordset = (rows: PlannedTarget[]) => {
  const numbered = rows.map(({ zone_id, device_id, date, target_value }, n) => {
    return { n, zone_id, device_id, date, target_value };
  });
  return sql`jsonb_to_recordset(${JSON.stringify(numbered)}::text::jsonb)
    as r(n int, zone_id int, device_id int, date date, target_value int)`;
};

/** Compares targets with those that are there of the same zones, devices and dates. */
export async function planTargets<T extends PlannedTarget>(
  db: Connection,
  wanted: T[],
): Promise<TargetPlan<T>> {
  const there = await db.execute<{ n: number; was: number }>(sql`
    select r.n, coalesce(of_zone.target_value, of_device.target_value) as was
    from ${recordset(wanted)}
    left join targets of_zone on of_zone.zone_id = r.zone_id and of_zone.date = r.date
    left join targets of_device on of_device.device_id = r.device_id and of_device.date = r.date
    where of_zone.id is not null or of_device.id is not null`);
  const stored = new Map(there.map(({ n, was }) => [n, was]));
  const plan: TargetPlan<T> = { created: [], replaced: [], unchanged: [] };
  for (const [n, target] of wanted.entries()) {
    const was = stored.get(n);
    if (was === undefined) plan.created.push(target);
    else if (was === target.target_value) plan.unchanged.push(target);
    else plan.replaced.push({ ...target, was });
  }
  return plan;
}

/** Stores targets, replacing those of the same zones, devices and dates. */
export async function writeTargets(db: Connection, rows: PlannedTarget[]): Promise<void> {
  if (rows.length === 0) return;
  for (const column of [sql.raw("zone_id"), sql.raw("device_id")]) {
    await db.execute(sql`
      insert into targets (${column}, date, target_value)
      select r.${column}, r.date, r.target_value from ${recordset(rows)}
      where r.${column} is not null
      on conflict (${column}, date) where ${column} is not null
      do update set target_value = excluded.target_value`);
  }
}
