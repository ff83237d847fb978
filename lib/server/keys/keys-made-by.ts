import { sql } from "drizzle-orm";
import type { Scope } from "@/lib/domain/access/access";
import type { ReadContext } from "@/lib/server/context";

/** A key that still works, and the user who made it or made the key that made it. */
export type MadeKey = {
  id: number;
  name: string;
  scopes: Scope[];
  /** Whether another key made it. */
  by_key: boolean;
  user_id: number;
};

/**
 * The keys that still work and go back to a user: those that they made, and those that these keys
 * made. The audit log knows who made a key by id; names can be chosen.
 * @param userId without it the keys of all users
 */
export async function keysMadeBy(
  { db }: Pick<ReadContext, "db">,
  userId?: number,
): Promise<MadeKey[]> {
  const maker = userId === undefined ? sql`true` : sql`l.actor_id = ${userId}::int`;
  const rows = await db.execute<MadeKey>(sql`
    with recursive made as (
      select l.subject_id as id, l.actor_id as user_id, false as by_key from audit_log l
      where l.action = 'key.created' and l.actor_kind = 'user' and ${maker}
      union
      select l.subject_id, m.user_id, true from audit_log l join made m on l.actor_id = m.id
      where l.action = 'key.created' and l.actor_kind = 'key'
    )
    select k.id, k.name, k.scopes::text[] as scopes, m.by_key, m.user_id
    from made m join api_keys k on k.id = m.id
    where k.revoked_at is null and coalesce(k.expires_at > now(), true)
    order by k.name, k.id`);
  return [...rows];
}
