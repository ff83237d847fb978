import { randomBytes } from "node:crypto";
import { eq, lt, or } from "drizzle-orm";
import { sessions, users } from "@/db/schema-access";
import { SESSION_IDLE_SECONDS, SESSION_SECONDS } from "@/lib/domain/access/session";
import type { Context } from "@/lib/server/context";
import { hashOf } from "@/lib/server/keys/secret";

const LONGEST_USER_AGENT = 300;

/**
 * Starts a session for a user who has been let in.
 * @returns its token, which only the browser keeps
 */
export async function startSession(
  { db, actor, now }: Context,
  { userId, userAgent }: { userId: number; userAgent: string | null },
): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const secondsFrom = (seconds: number) => new Date(now.getTime() + seconds * 1000);
  await db.transaction(async (tx) => {
    await tx.delete(sessions).where(
      // No one can come back to those that have run out.
      or(lt(sessions.expiresAt, now), lt(sessions.lastSeenAt, secondsFrom(-SESSION_IDLE_SECONDS))),
    );
    await tx.insert(sessions).values({
      tokenHash: hashOf(token),
      userId,
      createdAt: now,
      expiresAt: secondsFrom(SESSION_SECONDS),
      lastSeenAt: now,
      address: actor.address,
      userAgent: userAgent?.slice(0, LONGEST_USER_AGENT),
    });
    await tx.update(users).set({ lastSignInAt: now }).where(eq(users.id, userId));
  });
  return token;
}
