import { and, count, desc, eq, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { devices, targets, zones } from "@/db/schema";
import type { TargetCursor } from "@/lib/domain/estate/target";
import { cutPage, type Page, type PageRequest, rowsToFetch } from "@/lib/domain/values/paging";
import { notFound } from "@/lib/domain/values/problem";
import type { ReadContext } from "@/lib/server/context";
import { resolveScope, type ScopeText } from "@/lib/server/scope/resolve-scope";
import { zoneWithin } from "@/lib/server/scope/within-reach";

/** The zone that a target's device is in. */
export const deviceZone = alias(zones, "device_zone");

const fields = {
  id: targets.id,
  scope: sql<"zone" | "device">`case when ${targets.zoneId} is null then 'device' else 'zone' end`,
  zone_id: targets.zoneId,
  zone_code: zones.code,
  device_id: targets.deviceId,
  device_code: devices.code,
  date: targets.date,
  target_value: targets.targetValue,
};

/** A target; only the zone or the device that it is for is given. */
export type Target = Awaited<ReturnType<typeof readTarget>>;

/** What the audit log calls a target. */
export function targetName({ zone_code, device_code, date }: Target): string {
  return `${device_code === null ? `zone ${zone_code}` : `device ${device_code}`} on ${date}`;
}

export type TargetList = ScopeText &
  PageRequest<TargetCursor> & { date?: string; date_from?: string; date_to?: string };

function selectTargets({ db }: Pick<ReadContext, "db">) {
  return db
    .select(fields)
    .from(targets)
    .leftJoin(zones, eq(zones.id, targets.zoneId))
    .leftJoin(devices, eq(devices.id, targets.deviceId))
    .leftJoin(deviceZone, eq(deviceZone.id, devices.zoneId));
}

/** A zone's target concerns all its devices, so anyone who reaches only one of them does not see it. */
function within({ actor: { reach } }: ReadContext) {
  if (reach.kind === "device") return eq(targets.deviceId, reach.id);
  return zoneWithin(reach, {
    facility: sql`coalesce(${zones.facilityId}, ${deviceZone.facilityId})`,
    zone: sql`coalesce(${targets.zoneId}, ${devices.zoneId})`,
  });
}

/** @throws Problem 404, also for what is out of reach */
export async function readTarget(context: ReadContext, id: number) {
  const [target] = await selectTargets(context).where(and(eq(targets.id, id), within(context)));
  if (!target) throw notFound("Target");
  return target;
}

/**
 * Targets, newest date first. A zone's list holds its own targets and those of its devices; dates
 * given the wrong way round are swapped, as in reports.
 * @throws Problem 400 when a facility, zone or device that is asked for does not exist
 */
export async function listTargets(
  context: ReadContext,
  list: TargetList,
): Promise<Page<Target, TargetCursor>> {
  const listed = await targetsOf(context, list);
  const { cursor, limit } = list;
  const after = cursor && sql`(${targets.date}, ${targets.id}) < (${cursor.date}, ${cursor.id})`;
  const [fetched, [counted]] = await Promise.all([
    selectTargets(context)
      .where(and(listed, after))
      .orderBy(desc(targets.date), desc(targets.id))
      .limit(rowsToFetch(limit) ?? Number.MAX_SAFE_INTEGER),
    context.db
      .select({ n: count() })
      .from(targets)
      .leftJoin(zones, eq(zones.id, targets.zoneId))
      .leftJoin(devices, eq(devices.id, targets.deviceId))
      .leftJoin(deviceZone, eq(deviceZone.id, devices.zoneId))
      .where(listed),
  ]);
  return cutPage(fetched, counted?.n ?? 0, limit, ({ date, id }) => ({ date, id }));
}

/**
 * The condition for the targets that a list asks for.
 * @throws Problem 400 when a facility, zone or device that is asked for does not exist
 */
export async function targetsOf(context: ReadContext, list: TargetList) {
  const { facilityId, zoneId, deviceId } = await resolveScope(context, list);
  const [from, to] = [list.date_from, list.date_to];
  const swapped = from !== undefined && to !== undefined && from > to;
  const [first, last] = swapped ? [to, from] : [from, to];
  const when = <T>(value: T | undefined, build: (value: T) => SQL | undefined) =>
    value === undefined ? undefined : build(value);
  return and(
    within(context),
    when(list.date, (date) => eq(targets.date, date)),
    when(first, (date) => sql`${targets.date} >= ${date}`),
    when(last, (date) => sql`${targets.date} <= ${date}`),
    when(facilityId, (id) => or(eq(zones.facilityId, id), eq(deviceZone.facilityId, id))),
    when(zoneId, (id) => or(eq(targets.zoneId, id), eq(devices.zoneId, id))),
    when(deviceId, (id) => eq(targets.deviceId, id)),
  );
}
