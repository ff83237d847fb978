import { sql } from "drizzle-orm";
import type { Connection } from "@/db/client";
import type { Role } from "@/lib/domain/access/access";
import type { Reach } from "@/lib/domain/access/reach";
import { SESSION_IDLE_SECONDS } from "@/lib/domain/access/session";
import { hashOf } from "@/lib/server/keys/secret";

/** A session that holds, and whose it is. */
export type Session = {
  id: number;
  user: { id: number; email: string; name: string; role: Role; reach: Reach };
};

type Row = {
  id: number;
  user_id: number;
  email: string;
  name: string;
  role: Role;
  all_facilities: boolean;
  facility_ids: number[] | null;
  seen_long_ago: boolean;
};

/** A sign of life is written down at most this often. */
const SEEN_EVERY_SECONDS = 60;

/**
 * The session of a token. It is read from the database at every request: one that was ended, or
 * whose user was disabled, is over at once in every process.
 * @returns null for a token that no session has, or no longer
 */
export async function readSession(
  { db, now }: { db: Connection; now: Date },
  token: string,
): Promise<Session | null> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const [row] = await db.execute<Row>(sql`
    select s.id, u.id as user_id, u.email, u.name, u.role, u.all_facilities,
           (select array_agg(facility_id) from user_facilities where user_id = u.id) as facility_ids,
           s.last_seen_at < ${at} - make_interval(secs => ${SEEN_EVERY_SECONDS}) as seen_long_ago
    from sessions s join users u on u.id = s.user_id
    where s.token_hash = ${hashOf(token)} and s.expires_at > ${at} and u.disabled_at is null
      and s.last_seen_at > ${at} - make_interval(secs => ${SESSION_IDLE_SECONDS})`);
  if (!row) return null;
  if (row.seen_long_ago) {
    await db.execute(sql`update sessions set last_seen_at = ${at} where id = ${row.id}`);
  }
  const { id, user_id, email, name, role } = row;
  const reach: Reach = row.all_facilities
    ? { kind: "all" }
    : { kind: "facilities", ids: row.facility_ids ?? [] };
  return { id, user: { id: user_id, email, name, role, reach } };
}
