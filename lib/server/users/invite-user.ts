import { randomBytes } from "node:crypto";
import { invitations } from "@/db/schema-access";
import type { UserMessage } from "@/lib/domain/access/user";
import { conflict } from "@/lib/domain/values/problem";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context } from "@/lib/server/context";
import { hashOf } from "@/lib/server/keys/secret";
import { createUser } from "./create-user";
import { readUser, type User } from "./read-users";

/** How long the link of an invitation holds. */
const INVITATION_SECONDS = 7 * 86_400;

/** A user with the path of the link that lets them choose a password; shown this once. */
export type Invited = User & { invitation_path: string };

/**
 * Adds a user and makes a link for them.
 * @throws Problem 400, 409 as `createUser`
 */
export async function inviteUser(context: Context, message: UserMessage): Promise<Invited> {
  return context.db.transaction(async (tx) => {
    const within = { ...context, db: tx };
    const { id } = await createUser(within, message);
    return makeLink(within, id);
  });
}

/**
 * Makes a new link for a user, who can set a password with it once; earlier links end. Sessions and
 * the old password go on until it is used.
 * @throws Problem 404, 409 for a disabled user
 */
export async function renewInvitation(context: Context, id: number): Promise<Invited> {
  return context.db.transaction((tx) => makeLink({ ...context, db: tx }, id));
}

async function makeLink(context: Context, id: number): Promise<Invited> {
  const { db, now } = context;
  const { status, email } = await readUser(context, id);
  if (status === "disabled") throw conflict("The user is disabled.");
  const token = randomBytes(32).toString("base64url");
  const link = {
    tokenHash: hashOf(token),
    createdAt: now,
    expiresAt: new Date(now.getTime() + INVITATION_SECONDS * 1000),
  };
  await db
    .insert(invitations)
    .values({ userId: id, ...link })
    .onConflictDoUpdate({ target: invitations.userId, set: link });
  await recordAudit(context, { action: "user.invited", subject: { id, name: email } });
  return { ...(await readUser(context, id)), invitation_path: `/invite/${token}` };
}
