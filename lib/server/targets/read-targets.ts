import { and, count, desc, eq, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { devices, targets, zones } from "@/db/schema";
import { cutPage, type Page, type PageRequest, rowsToFetch } from "@/lib/domain/paging";
import { notFound } from "@/lib/domain/problem";
import type { TargetCursor } from "@/lib/domain/target";
import type { Context } from "@/lib/server/context";
import { resolveScope, type ScopeText } from "@/lib/server/scope/resolve-scope";

/** The zone that a target's device is in. */
const deviceZone = alias(zones, "device_zone");

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

export type TargetList = ScopeText &
  PageRequest<TargetCursor> & { date?: string; date_from?: string; date_to?: string };

function selectTargets({ db }: Pick<Context, "db">) {
  return db
    .select(fields)
    .from(targets)
    .leftJoin(zones, eq(zones.id, targets.zoneId))
    .leftJoin(devices, eq(devices.id, targets.deviceId))
    .leftJoin(deviceZone, eq(deviceZone.id, devices.zoneId));
}

/** @throws Problem 404 */
export async function readTarget(context: Pick<Context, "db">, id: number) {
  const [target] = await selectTargets(context).where(eq(targets.id, id));
  if (!target) throw notFound("Target");
  return target;
}

/**
 * Targets, newest date first. A zone's list holds its own targets and those of its devices; dates
 * given the wrong way round are swapped, as in reports.
 * @throws Problem 400 when a facility, zone or device that is asked for does not exist
 */
export async function listTargets(
  context: Pick<Context, "db">,
  list: TargetList,
): Promise<Page<Target, TargetCursor>> {
  const listed = await condition(context, list);
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

async function condition(context: Pick<Context, "db">, list: TargetList) {
  const { facilityId, zoneId, deviceId } = await resolveScope(context, list);
  const [from, to] = [list.date_from, list.date_to];
  const swapped = from !== undefined && to !== undefined && from > to;
  const [first, last] = swapped ? [to, from] : [from, to];
  const when = <T>(value: T | undefined, build: (value: T) => SQL | undefined) =>
    value === undefined ? undefined : build(value);
  return and(
    when(list.date, (date) => eq(targets.date, date)),
    when(first, (date) => sql`${targets.date} >= ${date}`),
    when(last, (date) => sql`${targets.date} <= ${date}`),
    when(facilityId, (id) => or(eq(zones.facilityId, id), eq(deviceZone.facilityId, id))),
    when(zoneId, (id) => or(eq(targets.zoneId, id), eq(devices.zoneId, id))),
    when(deviceId, (id) => eq(targets.deviceId, id)),
  );
}
