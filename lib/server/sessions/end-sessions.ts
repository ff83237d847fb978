import { and, eq } from "drizzle-orm";
import type { Connection } from "@/db/client";
import { sessions, users } from "@/db/schema-access";
import { notFound } from "@/lib/domain/values/problem";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Actor, Context } from "@/lib/server/context";
import { hashOf } from "@/lib/server/keys/secret";

/** Ends every session of a user at once, in every process. @returns how many there were */
export async function endSessionsOf(db: Connection, userId: number): Promise<number> {
  const ended = await db
    .delete(sessions)
    .where(eq(sessions.userId, userId))
    .returning({ id: sessions.id });
  return ended.length;
}

/** Sign-out: ends the session of a token; one that is over already is no error. */
export async function endSession(context: Context, token: string): Promise<void> {
  await context.db.transaction(async (tx) => {
    const [ended] = await tx
      .delete(sessions)
      .where(eq(sessions.tokenHash, hashOf(token)))
      .returning({ userId: sessions.userId });
    if (!ended) return;
    const [user] = await tx
      .select({ id: users.id, name: users.email, role: users.role })
      .from(users)
      .where(eq(users.id, ended.userId));
    if (!user) return;
    const actor: Actor = { ...context.actor, kind: "user", ...user };
    await recordAudit(
      { ...context, db: tx, actor },
      { action: "session.ended", subject: { id: user.id, name: user.name } },
    );
  });
}

/**
 * Ends one session of the user who asks.
 * @throws Problem 404, also for a session of someone else
 */
export async function endOwnSession(context: Context, id: number): Promise<void> {
  const { actor } = context;
  await context.db.transaction(async (tx) => {
    const [ended] = await tx
      .delete(sessions)
      .where(and(eq(sessions.id, id), eq(sessions.userId, actor.id ?? 0)))
      .returning({ id: sessions.id });
    if (!ended) throw notFound("Session");
    const subject = { id: actor.id, name: actor.name };
    await recordAudit({ ...context, db: tx }, { action: "session.ended", subject });
  });
}

/** Signs the user who asks out everywhere, here too. */
export async function endAllOwnSessions(context: Context): Promise<{ ended: number }> {
  const { actor } = context;
  return context.db.transaction(async (tx) => {
    const ended = await endSessionsOf(tx, actor.id ?? 0);
    const subject = { id: actor.id, name: actor.name };
    await recordAudit(
      { ...context, db: tx },
      { action: "user.sessions_ended", subject, after: { ended } },
    );
    return { ended };
  });
}
