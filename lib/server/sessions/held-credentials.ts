import { sql } from "drizzle-orm";
import type { Connection } from "@/db/client";
import { may, type Right } from "@/lib/domain/access/access";
import { SESSION_IDLE_SECONDS } from "@/lib/domain/access/session";
import type { KeyMemory } from "@/lib/server/keys/key-memory";

/** What someone was let in with, by its hash: enough to see later whether it still holds. */
export type Credential = { kind: "key" | "session"; hash: string };

/**
 * Which of these still hold and may do this, by their hashes. Keys are known in memory; all sessions
 * together are one query.
 * @throws when the database is away
 */
export async function heldCredentials(
  { keys, db }: { keys: KeyMemory; db: Connection },
  credentials: Credential[],
  right: Right,
  now: Date,
): Promise<Set<string>> {
  const held = new Set<string>();
  const hashesOf = (kind: Credential["kind"]) => [
    ...new Set(credentials.filter((c) => c.kind === kind).map(({ hash }) => hash)),
  ];
  for (const hash of hashesOf("key")) {
    const actor = keys.actorOf(hash, null, now.getTime());
    if (actor && may(actor, right)) held.add(hash);
  }
  const tokens = hashesOf("session");
  if (tokens.length === 0) return held;
  const at = sql`${now.toISOString()}::timestamptz`;
  // A role that changes ends the sessions, so what was allowed at the start still is. Anyone who watches
  // is there: a session does not go idle under an open page.
  const rows = await db.execute<{ token_hash: string }>(sql`
    with held as (
      select s.id, s.token_hash, s.last_seen_at from sessions s join users u on u.id = s.user_id
      where s.token_hash in (select json_array_elements_text(${JSON.stringify(tokens)}::json))
        and s.expires_at > ${at} and u.disabled_at is null
        and s.last_seen_at > ${at} - make_interval(secs => ${SESSION_IDLE_SECONDS})
    ), seen as (
      update sessions set last_seen_at = ${at}
      where id in (select id from held where last_seen_at < ${at} - interval '1 minute')
    )
    select token_hash from held`);
  for (const { token_hash } of rows) held.add(token_hash);
  return held;
}
