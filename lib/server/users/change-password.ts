import { eq } from "drizzle-orm";
import type { Connection } from "@/db/client";
import { invitations, users } from "@/db/schema-access";
import type { PasswordChange } from "@/lib/domain/access/user";
import { conflict, invalidInput, Problem } from "@/lib/domain/values/problem";
import { recordAudit } from "@/lib/server/audit/record-audit";
import {
  hashPassword,
  inPasswordTurn,
  isPassword,
  requireStrongPassword,
} from "@/lib/server/auth/passwords";
import { countFailure, forgetFailures, lockedForSeconds } from "@/lib/server/auth/sign-in-locks";
import type { Context } from "@/lib/server/context";
import { endSessionsOf } from "@/lib/server/sessions/end-sessions";

/**
 * Changes the password of the user who asks, and ends all their sessions, this one too: anyone who
 * holds another one is out.
 * @throws Problem 400 for a wrong or too easy password, 409 for a user without any, 429 after many
 *   wrong ones
 */
export async function changeOwnPassword(
  context: Context,
  { current_password, new_password }: PasswordChange,
): Promise<void> {
  const { db, actor, now } = context;
  const [user] = await db
    .select()
    .from(users)
    .where(eq(users.id, actor.id ?? 0));
  if (!user?.passwordHash) throw conflict("This account signs in without a password.");
  const { id, email, name, passwordHash } = user;
  requireStrongPassword("new_password", new_password, [email, name]);
  const newHash = await inPasswordTurn(async () => {
    const attempt = { email, address: actor.address };
    const seconds = await lockedForSeconds(db, attempt, now);
    if (seconds > 0) {
      throw new Problem(429, `Too many wrong passwords; try again in ${seconds} s.`, {
        headers: { "Retry-After": String(seconds) },
      });
    }
    if (!(await isPassword(current_password, passwordHash))) {
      await countFailure(db, attempt, now);
      throw invalidInput({ current_password: ["This is not your password."] });
    }
    return hashPassword(new_password);
  });
  await db.transaction(async (tx) => {
    await storePassword(tx, { id, email, passwordHash: newHash, now });
    const subject = { id, name: email };
    await recordAudit({ ...context, db: tx }, { action: "user.password_changed", subject });
  });
}

/** Sets a password; every session and every link of the user ends. */
export async function storePassword(
  db: Connection,
  { id, email, passwordHash, now }: { id: number; email: string; passwordHash: string; now: Date },
): Promise<void> {
  await db.update(users).set({ passwordHash, passwordChangedAt: now }).where(eq(users.id, id));
  await db.delete(invitations).where(eq(invitations.userId, id));
  await endSessionsOf(db, id);
  await forgetFailures(db, email);
}
