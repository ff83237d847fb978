import { and, count, eq, inArray, sql } from "drizzle-orm";
import { facilities, zones } from "@/db/schema";
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
import { zoneWithin } from "@/lib/server/scope/within-reach";

const fields = {
  id: zones.id,
  facility_id: zones.facilityId,
  facility_code: facilities.code,
  code: zones.code,
  name: zones.name,
  ...limitColumns(zones),
  retired: sql<boolean>`${zones.retiredAt} is not null`,
};

/** A zone; rule limits in the units of their names, null where inherited. */
export type Zone = Awaited<ReturnType<typeof readZone>>;

const within = ({ reach }: ReadContext["actor"]) =>
  zoneWithin(reach, { facility: zones.facilityId, zone: zones.id });

/** @throws Problem 404, also for what is out of reach */
export async function readZone({ db, actor }: ReadContext, id: number) {
  const [zone] = await db
    .select(fields)
    .from(zones)
    .innerJoin(facilities, eq(facilities.id, zones.facilityId))
    .where(and(eq(zones.id, id), within(actor)));
  if (!zone) throw notFound("Zone");
  return zone;
}

/** These zones, those out of reach left out. */
export async function readZonesOf({ db, actor }: ReadContext, ids: number[]): Promise<Zone[]> {
  return db
    .select(fields)
    .from(zones)
    .innerJoin(facilities, eq(facilities.id, zones.facilityId))
    .where(and(inArray(zones.id, ids), within(actor)));
}

/**
 * Zones, by code unless asked otherwise.
 * @throws Problem 400 when the facility or zone that is asked for does not exist
 */
export async function listZones(
  context: ReadContext,
  list: CodeList & Pick<ScopeText, "facility" | "zone">,
): Promise<Page<Zone, CodeCursor>> {
  const { db, actor } = context;
  const { facilityId, zoneId } = await resolveScope(context, list);
  const listed = matches(
    zones,
    list,
    within(actor),
    facilityId === undefined ? undefined : eq(zones.facilityId, facilityId),
    zoneId === undefined ? undefined : eq(zones.id, zoneId),
  );
  const { orderBy, after } = ordered(zones, list);
  const rows = db
    .select(fields)
    .from(zones)
    .innerJoin(facilities, eq(facilities.id, zones.facilityId))
    .where(and(listed, after))
    .orderBy(...orderBy)
    .limit(rowsToFetch(list.limit) ?? Number.MAX_SAFE_INTEGER);
  const total = db.select({ n: count() }).from(zones).where(listed);
  const [fetched, [counted]] = await Promise.all([rows, total]);
  return cutPage(fetched, counted?.n ?? 0, list.limit, ({ code, id }) => ({ code, id }));
}
