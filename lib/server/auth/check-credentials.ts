import { eq } from "drizzle-orm";
import { users } from "@/db/schema-access";
import { Email } from "@/lib/domain/access/user";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context } from "@/lib/server/context";
import { inPasswordTurn, isPassword } from "./passwords";
import { countFailure, forgetFailures, lockedForSeconds } from "./sign-in-locks";

/** Whom the credentials belong to; `refused` in the same words for every reason. */
export type CredentialsOutcome =
  | { kind: "user"; user: { id: number; email: string; name: string } }
  | { kind: "refused" }
  | { kind: "locked"; forSeconds: number };

const LONGEST_PASSWORD = 256;

/**
 * Checks e-mail and password. An unknown user, a wrong password and a disabled user take the same
 * time and get the same answer; an account is locked whether or not it exists.
 */
export async function checkCredentials(
  context: Context,
  credentials: { email: string; password: string },
): Promise<CredentialsOutcome> {
  const email = Email.safeParse(credentials.email);
  const { password } = credentials;
  if (!email.success || password === "" || password.length > LONGEST_PASSWORD) {
    return { kind: "refused" };
  }
  return inPasswordTurn(() => check(context, email.data, password));
}

async function check(
  context: Context,
  email: string,
  password: string,
): Promise<CredentialsOutcome> {
  const { db, actor, now } = context;
  const attempt = { email, address: actor.address };
  const forSeconds = await lockedForSeconds(db, attempt, now);
  if (forSeconds > 0) return { kind: "locked", forSeconds };
  const [user] = await db.select().from(users).where(eq(users.email, email));
  const right = await isPassword(password, user?.passwordHash ?? null);
  if (!user || !right || user.disabledAt) {
    await db.transaction(async (tx) => {
      await countFailure(tx, attempt, now);
      const subject = { id: user?.id ?? null, name: email };
      await recordAudit({ ...context, db: tx }, { action: "sign_in.failed", subject });
    });
    const nowLocked = await lockedForSeconds(db, attempt, now);
    return nowLocked > 0 ? { kind: "locked", forSeconds: nowLocked } : { kind: "refused" };
  }
  await forgetFailures(db, email);
  return { kind: "user", user };
}
