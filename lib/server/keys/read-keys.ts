import { sql } from "drizzle-orm";
import type { Scope } from "@/lib/domain/access/access";
import type { Reach } from "@/lib/domain/access/reach";
import { notFound } from "@/lib/domain/values/problem";
import type { ReadContext } from "@/lib/server/context";
import { idList, isoUtc } from "@/lib/server/sql";

/** A key as it is managed; its secret is never among it. Times are ISO 8601 in UTC. */
export type ApiKey = {
  id: number;
  name: string;
  scopes: Scope[];
  facility_id: number | null;
  zone_id: number | null;
  device_id: number | null;
  /** The place that it reaches, in words; null: everything. */
  place: string | null;
  created_by: string;
  created_at: string;
  expires_at: string | null;
  revoked_at: string | null;
  last_used_at: string | null;
  secrets: { hint: string; created_at: string; valid_until: string | null }[];
};

const selectKeys = (context: ReadContext) => sql`
  select k.id, k.name, k.scopes::text[] as scopes, k.facility_id, k.zone_id, k.device_id,
         case when d.id is not null then 'device ' || d.code
              when z.id is not null then 'zone ' || f.code || ' / ' || z.code
              when f.id is not null then 'facility ' || f.code end as place,
         k.created_by, ${isoUtc("k.created_at")} as created_at, ${isoUtc("k.expires_at")} as expires_at,
         ${isoUtc("k.revoked_at")} as revoked_at, ${isoUtc("k.last_used_at")} as last_used_at,
         (select coalesce(json_agg(json_build_object('hint', s.hint,
            'created_at', ${isoUtc("s.created_at")}, 'valid_until', ${isoUtc("s.valid_until")})
            order by s.id desc), '[]')
          from api_key_secrets s
          where s.key_id = k.id and coalesce(s.valid_until > now(), true)) as secrets
  from api_keys k
  left join devices d on d.id = k.device_id
  left join zones z on z.id = coalesce(d.zone_id, k.zone_id)
  left join facilities f on f.id = coalesce(z.facility_id, k.facility_id)
  where ${keysWithin(context.actor.reach)}`;

/** A key is seen by anyone who reaches all that it reaches. */
function keysWithin(reach: Reach) {
  switch (reach.kind) {
    case "all":
      return sql`true`;
    case "facilities":
      return sql`f.id = any(${idList(reach.ids)})`;
    case "zone":
      return sql`z.id = ${reach.id}::int`;
    case "device":
      return sql`d.id = ${reach.id}::int`;
  }
}

/** Keys, newest first, revoked ones last; with `deviceId` those that reach just that device. */
export async function listKeys(
  context: ReadContext,
  { deviceId }: { deviceId?: number } = {},
): Promise<ApiKey[]> {
  const wanted = deviceId === undefined ? sql`true` : sql`k.device_id = ${deviceId}::int`;
  const rows = await context.db.execute<ApiKey>(sql`
    ${selectKeys(context)} and ${wanted} order by k.revoked_at is not null, k.id desc`);
  return [...rows];
}

/** @throws Problem 404, also for what is out of reach */
export async function readKey(context: ReadContext, id: number): Promise<ApiKey> {
  const [key] = await context.db.execute<ApiKey>(sql`
    ${selectKeys(context)} and k.id = ${id}::int`);
  if (!key) throw notFound("Key");
  return key;
}
