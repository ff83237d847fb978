import { sql } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { isoUtc } from "@/lib/server/sql";

/** A session of the user who asks. Times are ISO 8601 in UTC. */
export type OwnSession = {
  id: number;
  created_at: string;
  last_seen_at: string;
  expires_at: string;
  address: string | null;
  user_agent: string | null;
};

/** The sessions of the user who asks, that of the newest sign of life first. */
export async function listOwnSessions({ db, actor, now }: Context): Promise<OwnSession[]> {
  const rows = await db.execute<OwnSession>(sql`
    select s.id, ${isoUtc("s.created_at")} as created_at, ${isoUtc("s.last_seen_at")} as last_seen_at,
           ${isoUtc("s.expires_at")} as expires_at, s.address, s.user_agent
    from sessions s
    where s.user_id = ${actor.kind === "user" ? actor.id : 0}::int
      and s.expires_at > ${now.toISOString()}::timestamptz
    order by s.last_seen_at desc, s.id desc`);
  return [...rows];
}
