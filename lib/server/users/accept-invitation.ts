import { and, eq, gt, isNull } from "drizzle-orm";
import type { Connection } from "@/db/client";
import { invitations, users } from "@/db/schema-access";
import type { InvitationAnswer } from "@/lib/domain/access/user";
import { notFound } from "@/lib/domain/values/problem";
import { recordAudit } from "@/lib/server/audit/record-audit";
import { hashPassword, inPasswordTurn, requireStrongPassword } from "@/lib/server/auth/passwords";
import { forgetFailures } from "@/lib/server/auth/sign-in-locks";
import type { Context } from "@/lib/server/context";
import { hashOf } from "@/lib/server/keys/secret";
import { endSessionsOf } from "@/lib/server/sessions/end-sessions";

/** Whom a link is for; null when it has run out, was used, or never was. */
export async function readInvitation(
  { db, now }: Pick<Context, "db" | "now">,
  token: string,
): Promise<{ userId: number; email: string; name: string } | null> {
  const [found] = await db
    .select({ userId: users.id, email: users.email, name: users.name })
    .from(invitations)
    .innerJoin(users, eq(users.id, invitations.userId))
    .where(
      and(
        eq(invitations.tokenHash, hashOf(token)),
        gt(invitations.expiresAt, now),
        isNull(users.disabledAt),
      ),
    );
  return found ?? null;
}

/**
 * Sets the password of anyone who holds the link, which works once, and ends their sessions.
 * @throws Problem 404 for a link that does not hold, 400 for a password that is too easy
 */
export async function acceptInvitation(
  context: Context,
  { token, name, password }: InvitationAnswer,
): Promise<{ email: string }> {
  const invited = await readInvitation(context, token);
  if (!invited) throw linkEnded();
  requireStrongPassword("password", password, [invited.email, name ?? invited.name]);
  const passwordHash = await inPasswordTurn(() => hashPassword(password));
  return context.db.transaction(async (tx) => {
    await useUp(tx, token, context.now);
    const { userId: id, email } = invited;
    await tx
      .update(users)
      .set({ passwordHash, passwordChangedAt: context.now, ...(name ? { name } : {}) })
      .where(eq(users.id, id));
    await endSessionsOf(tx, id);
    await forgetFailures(tx, email);
    const actor = { ...context.actor, id, name: email };
    await recordAudit(
      { ...context, db: tx, actor },
      { action: "user.invitation_accepted", subject: { id, name: email } },
    );
    return { email };
  });
}

/** Of two who use a link at once one gets it. */
async function useUp(db: Connection, token: string, now: Date): Promise<void> {
  const used = await db
    .delete(invitations)
    .where(and(eq(invitations.tokenHash, hashOf(token)), gt(invitations.expiresAt, now)))
    .returning({ userId: invitations.userId });
  if (used.length === 0) throw linkEnded();
}

const linkEnded = () => notFound("Invitation");
