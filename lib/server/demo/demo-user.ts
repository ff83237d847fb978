import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { users } from "@/db/schema-access";
import { isPassword } from "@/lib/server/auth/passwords";
import type { Actor, Context, ReadContext } from "@/lib/server/context";
import { hasUsers } from "@/lib/server/users/read-users";
import { addUser } from "@/lib/server/users/set-password";

export type Credentials = { email: string; password: string };

export const DEMO_EMAIL = "admin@demo.example";

/**
 * Makes the demo's administrator with a random password, when there is no user at all.
 * @returns the credentials, null when there are users
 */
export async function makeDemoUser(context: Context): Promise<Credentials | null> {
  if (await hasUsers(context.db)) return null;
  const password = randomBytes(12).toString("base64url");
  await addUser(context, { email: DEMO_EMAIL, name: "Demo", role: "admin", password });
  return { email: DEMO_EMAIL, password };
}

/** Whether someone can sign in with these: the password may have been changed, the user disabled. */
export async function areInForce(
  { db }: Pick<ReadContext, "db">,
  { email, password }: Credentials,
): Promise<boolean> {
  const [user] = await db.select().from(users).where(eq(users.email, email));
  if (!user || user.disabledAt) return false;
  return isPassword(password, user.passwordHash);
}

/** In whose name the demo's past is made: an administrator who can sign in. @throws without one */
export async function demoActor({ db, actor }: Context): Promise<Actor> {
  const admins = await db.select().from(users).where(eq(users.role, "admin")).orderBy(users.id);
  const admin = admins.find(({ disabledAt }) => disabledAt === null);
  if (!admin) throw new Error("There are users, but none of them is an administrator in use.");
  return { ...actor, kind: "user", role: "admin", id: admin.id, name: admin.email };
}
