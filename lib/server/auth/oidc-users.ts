import { and, eq, isNull } from "drizzle-orm";
import { users } from "@/db/schema-access";
import { Email } from "@/lib/domain/access/user";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context } from "@/lib/server/context";

/** What an OpenID provider says of someone. */
export type OidcProfile = {
  iss: string;
  sub: string;
  email?: string;
  email_verified?: boolean;
  name?: string;
};

/**
 * The user whom an OpenID provider vouches for: the one that it meant before, else the invited one
 * of its verified e-mail address. No one gets in whom no administrator has asked in.
 * @returns null when there is none, or the user is disabled
 */
export async function userOfProfile(
  context: Context,
  profile: OidcProfile,
): Promise<{ id: number } | null> {
  const { db } = context;
  const [known] = await db
    .select()
    .from(users)
    .where(and(eq(users.oidcIssuer, profile.iss), eq(users.oidcSubject, profile.sub)));
  if (known) return known.disabledAt ? null : known;
  const email = Email.safeParse(profile.email);
  // An address that no one has verified is one that anybody can claim.
  if (!email.success || profile.email_verified !== true) return refuse(context, profile);
  const [invited] = await db
    .update(users)
    .set({ oidcIssuer: profile.iss, oidcSubject: profile.sub })
    .where(and(eq(users.email, email.data), isNull(users.disabledAt), isNull(users.oidcSubject)))
    .returning({ id: users.id });
  return invited ?? refuse(context, profile);
}

async function refuse(context: Context, { email, sub }: OidcProfile): Promise<null> {
  const subject = { id: null, name: String(email ?? sub).slice(0, 254) };
  await recordAudit(context, { action: "sign_in.failed", subject });
  return null;
}
