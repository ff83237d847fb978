import { and, count, eq, sql } from "drizzle-orm";
import { devices, zones } from "@/db/schema";
import {
  type CodeCursor,
  type CodeList,
  cutPage,
  type Page,
  rowsToFetch,
} from "@/lib/domain/values/paging";
import { notFound } from "@/lib/domain/values/problem";
import type { ReadContext } from "@/lib/server/context";
import { limitColumns } from "@/lib/server/estate/limits";
import { matches, ordered } from "@/lib/server/estate/list-by-code";
import { resolveScope, type ScopeText } from "@/lib/server/scope/resolve-scope";
import { deviceWithin } from "@/lib/server/scope/within-reach";

const fields = {
  id: devices.id,
  zone_id: devices.zoneId,
  zone_code: zones.code,
  facility_id: zones.facilityId,
  code: devices.code,
  name: devices.name,
  ...limitColumns(devices),
  retired: sql<boolean>`${devices.retiredAt} is not null`,
};

/** A device as it is managed; rule limits in the units of their names, null where inherited. */
export type Device = Awaited<ReturnType<typeof readDevice>>;

const within = ({ reach }: ReadContext["actor"]) =>
  deviceWithin(reach, { facility: zones.facilityId, zone: zones.id, device: devices.id });

/** @throws Problem 404, also for what is out of reach */
export async function readDevice({ db, actor }: ReadContext, id: number) {
  const [device] = await db
    .select(fields)
    .from(devices)
    .innerJoin(zones, eq(zones.id, devices.zoneId))
    .where(and(eq(devices.id, id), within(actor)));
  if (!device) throw notFound("Device");
  return device;
}

/**
 * Devices, by code unless told otherwise.
 * @throws Problem 400 when the facility or zone that is asked for does not exist
 */
export async function listDevices(
  context: ReadContext,
  list: CodeList & Pick<ScopeText, "facility" | "zone">,
): Promise<Page<Device, CodeCursor>> {
  const { db, actor } = context;
  const { facilityId, zoneId } = await resolveScope(context, list);
  const listed = matches(
    devices,
    list,
    within(actor),
    facilityId === undefined ? undefined : eq(zones.facilityId, facilityId),
    zoneId === undefined ? undefined : eq(devices.zoneId, zoneId),
  );
  const { orderBy, after } = ordered(devices, list);
  const rows = db
    .select(fields)
    .from(devices)
    .innerJoin(zones, eq(zones.id, devices.zoneId))
    .where(and(listed, after))
    .orderBy(...orderBy)
    .limit(rowsToFetch(list.limit) ?? Number.MAX_SAFE_INTEGER);
  const total = db
    .select({ n: count() })
    .from(devices)
    .innerJoin(zones, eq(zones.id, devices.zoneId))
    .where(listed);
  const [fetched, [counted]] = await Promise.all([rows, total]);
  return cutPage(fetched, counted?.n ?? 0, list.limit, ({ code, id }) => ({ code, id }));
}
