import type { UserMessage } from "@/lib/domain/access/user";
import { recordAudit } from "@/lib/server/audit/record-audit";
import { hashPassword, inPasswordTurn, requireStrongPassword } from "@/lib/server/auth/passwords";
import type { Context } from "@/lib/server/context";
import { storePassword } from "./change-password";
import { createUser } from "./create-user";
import { readUser, type User } from "./read-users";

/**
 * Adds a user with a password, for anyone who has the shell.
 * @throws Problem 400 for a password that is too easy or a facility that does not exist, 409 for an
 *   e-mail address that is taken
 */
export async function addUser(
  context: Context,
  { password, ...message }: UserMessage & { password: string },
): Promise<User> {
  requireStrongPassword("password", password, [message.email, message.name]);
  const passwordHash = await inPasswordTurn(() => hashPassword(password));
  return context.db.transaction((tx) =>
    createUser({ ...context, db: tx }, { ...message, passwordHash }),
  );
}

/**
 * Sets the password of a user who can't get in; their sessions, links and locks end.
 * @throws Problem 404, 400 for a password that is too easy
 */
export async function resetPassword(
  context: Context,
  { id, password }: { id: number; password: string },
): Promise<void> {
  const { email, name } = await readUser(context, id);
  requireStrongPassword("password", password, [email, name]);
  const passwordHash = await inPasswordTurn(() => hashPassword(password));
  await context.db.transaction(async (tx) => {
    await storePassword(tx, { id, email, passwordHash, now: context.now });
    const subject = { id, name: email };
    await recordAudit({ ...context, db: tx }, { action: "user.password_changed", subject });
  });
}
