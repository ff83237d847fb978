import { type SQL, sql } from "drizzle-orm";
import type { LocalDate } from "@/lib/domain/values/fields";
import { cutPage, type Page, type PageRequest } from "@/lib/domain/values/paging";
import type { ReadContext } from "@/lib/server/context";
import { deviceWithin, PLACE, zoneWithin } from "@/lib/server/scope/within-reach";
import { idList } from "@/lib/server/sql";

/** A zone or device that can have targets. */
export type TargetOwner = {
  scope: "zone" | "device";
  id: number;
  code: string;
  name: string | null;
  zone_code: string;
};

export type StoredTarget = { id: number; value: number };

/** The targets of one zone or device in a week: Monday's first, null where there is none. */
export type TargetWeekRow = TargetOwner & { targets: (StoredTarget | null)[] };

/** After which zone or device the list goes on. */
type Cursor = Pick<TargetOwner, "scope" | "id">;

export type TargetWeekQuery = PageRequest<Cursor> & {
  facilityId: number;
  monday: LocalDate;
  search?: string;
  limit: number;
};

const DAYS = 7;

/**
 * The targets of a facility in a week, zone by zone: every zone in use, and of its devices those
 * that have a target in it or, when something is searched for, match that.
 */
export async function readTargetWeek(
  context: ReadContext,
  query: TargetWeekQuery,
): Promise<Page<TargetWeekRow, Cursor>> {
  const { db } = context;
  const owners = ownersOf(context, query);
  const [found, [counted]] = await Promise.all([
    db.execute<TargetOwner>(sql`
      select scope, id, code, name, zone_code from ${owners} o
      where ${after(context, query)}
      order by o.zone_code, o.zone_id, o.device_code limit ${query.limit + 1}`),
    db.execute<{ total: number }>(sql`select count(*)::int as total from ${owners} o`),
  ]);
  const page = cutPage([...found], counted?.total ?? 0, query.limit, ({ scope, id }) => ({
    scope,
    id,
  }));
  return { ...page, rows: await withTargets(context, page.rows, query.monday) };
}

function ownersOf({ actor: { reach } }: ReadContext, query: TargetWeekQuery): SQL {
  const { facilityId, monday, search = "" } = query;
  const matches = (code: SQL, name: SQL) =>
    sql`strpos(lower(${code} || ' ' || coalesce(${name}, '')), lower(${search})) > 0`;
  const inWeek = sql`t.date between ${monday}::date and ${monday}::date + 6`;
  return sql`(
    select 'zone' as scope, z.id, z.code, z.name, z.code as zone_code, z.id as zone_id,
           '' as device_code
    from zones z
    where z.facility_id = ${facilityId} and ${zoneWithin(reach, PLACE)}
      and ${matches(sql`z.code`, sql`z.name`)}
      and (z.retired_at is null
           or exists (select from targets t where t.zone_id = z.id and ${inWeek}))
    union all
    select 'device', d.id, d.code, d.name, z.code, z.id, d.code
    from devices d join zones z on z.id = d.zone_id
    where z.facility_id = ${facilityId} and ${deviceWithin(reach, PLACE)}
      and ${matches(sql`d.code`, sql`d.name`)}
      and (exists (select from targets t where t.device_id = d.id and ${inWeek})
           or (${search} <> '' and d.retired_at is null and z.retired_at is null)))`;
}

/**
 * What comes after the cursor, which stays where it was when its row has left the list. One that
 * names something out of reach is as one that names nothing: how the list goes on would tell where
 * in the alphabet its code stands.
 */
function after(
  { actor: { reach } }: ReadContext,
  { cursor, facilityId }: Pick<TargetWeekQuery, "cursor" | "facilityId">,
): SQL {
  if (!cursor) return sql`true`;
  const place =
    cursor.scope === "zone"
      ? sql`select z.code, z.id, '' from zones z
            where z.id = ${cursor.id} and z.facility_id = ${facilityId}
              and ${zoneWithin(reach, PLACE)}`
      : sql`select z.code, z.id, d.code from devices d join zones z on z.id = d.zone_id
            where d.id = ${cursor.id} and z.facility_id = ${facilityId}
              and ${deviceWithin(reach, PLACE)}`;
  return sql`(o.zone_code, o.zone_id, o.device_code) > (${place})`;
}

async function withTargets(
  { db }: ReadContext,
  owners: TargetOwner[],
  monday: LocalDate,
): Promise<TargetWeekRow[]> {
  const idsOf = (scope: TargetOwner["scope"]) => {
    const ids = owners.filter((owner) => owner.scope === scope).map(({ id }) => id);
    return idList(ids);
  };
  type Found = StoredTarget & Cursor & { owner_id: number; day: number };
  const found = await db.execute<Found>(sql`
    select t.id, t.target_value as value, t.date - ${monday}::date as day,
           case when t.zone_id is null then 'device' else 'zone' end as scope,
           coalesce(t.zone_id, t.device_id) as owner_id
    from targets t
    where t.date between ${monday}::date and ${monday}::date + 6
      and (t.zone_id = any(${idsOf("zone")}) or t.device_id = any(${idsOf("device")}))`);
  const byOwner = new Map<string, (StoredTarget | null)[]>();
  for (const { id, value, day, scope, owner_id } of found) {
    const key = `${scope} ${owner_id}`;
    const days = byOwner.get(key) ?? noTargets();
    days[day] = { id, value };
    byOwner.set(key, days);
  }
  return owners.map((owner) => ({
    ...owner,
    targets: byOwner.get(`${owner.scope} ${owner.id}`) ?? noTargets(),
  }));
}

const noTargets = (): (StoredTarget | null)[] => Array(DAYS).fill(null);
