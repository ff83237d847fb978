import { eq } from "drizzle-orm";
import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { users } from "@/db/schema-access";
import { SESSION_SECONDS } from "@/lib/domain/access/session";
import { authSecret, env } from "@/lib/env";
import { recordAudit } from "@/lib/server/audit/record-audit";
import { type Actor, type Context, visitor } from "@/lib/server/context";
import { log } from "@/lib/server/log";
import { runtime } from "@/lib/server/runtime";
import { endSession } from "@/lib/server/sessions/end-sessions";
import { startSession } from "@/lib/server/sessions/start-session";
import { checkCredentials } from "./check-credentials";
import { type OidcProfile, userOfProfile } from "./oidc-users";
import { addressOf, type HeaderReader } from "./request-facts";

/** Name of the OpenID Connect provider in addresses: `/api/auth/callback/oidc`. */
export const OIDC_PROVIDER = "oidc";

/**
 * What next-auth does with a request. It runs the protocols (CSRF token, OpenID Connect, cookies);
 * the session that its cookie names is a row of ours, which can be ended at any time
 * (docs/decisions/sessions-in-the-database.md).
 */
export function nextAuthOptions(header: HeaderReader): NextAuthOptions {
  const context = (): Context => ({
    db: runtime().db,
    actor: visitor(addressOf(header)),
    now: new Date(),
  });
  const oidc = oidcProvider();
  return {
    secret: authSecret(),
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    // The cookie holds the token of our session and nothing else.
    jwt: {
      encode: async ({ token }) => String(token?.sessionToken ?? ""),
      decode: async ({ token }) => (token ? { sessionToken: token } : null),
    },
    providers: [passwordProvider(context), ...(oidc ? [oidc] : [])],
    callbacks: {
      async signIn({ user, account, profile }) {
        if (account?.provider !== OIDC_PROVIDER) return true;
        const known = await userOfProfile(context(), profile as OidcProfile);
        if (known === null) return false;
        user.id = String(known.id);
        return true;
      },
      async jwt({ token, user }) {
        if (!user) return token;
        return { sessionToken: await signIn(context(), Number(user.id), header) };
      },
    },
    events: {
      signOut: ({ token }) => endSession(context(), String(token?.sessionToken ?? "")),
    },
    logger: {
      // Its metadata may hold tokens.
      error: (code) => log().warn({ code }, "sign-in failed"),
      warn: () => {},
      debug: () => {},
    },
  };
}

/** Starts the session of a user who has been let in. */
async function signIn(context: Context, userId: number, header: HeaderReader): Promise<string> {
  const [user] = await context.db.select().from(users).where(eq(users.id, userId));
  if (!user) throw new Error("the user is gone");
  const { id, email: name, role } = user;
  const actor: Actor = { ...context.actor, kind: "user", id, name, role };
  await recordAudit({ ...context, actor }, { action: "sign_in.succeeded", subject: { id, name } });
  return startSession(context, { userId, userAgent: header("user-agent") ?? null });
}

const passwordProvider = (context: () => Context) =>
  CredentialsProvider({
    credentials: { email: {}, password: {} },
    async authorize(given) {
      const { email = "", password = "" } = given ?? {};
      const credentials = { email: String(email), password: String(password) };
      // What is thrown here reaches the browser as the reason: nothing of a fault of ours.
      const outcome = await checkCredentials(context(), credentials).catch((error) => {
        log().error({ err: error }, "credentials not checked");
        throw new Error("Unavailable");
      });
      if (outcome.kind === "locked") throw new Error(`Locked:${outcome.forSeconds}`);
      if (outcome.kind === "refused") return null;
      return { id: String(outcome.user.id), email: outcome.user.email, name: outcome.user.name };
    },
  });

/** How people call anyone who vouches for users beside passwords; null where no one does. */
export const oidcName = (): string | null => oidcProvider()?.name ?? null;

function oidcProvider(): OAuthConfig<OidcProfile> | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME } = env();
  if (!issuer || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET) return null;
  return {
    id: OIDC_PROVIDER,
    name: OIDC_NAME,
    type: "oauth",
    wellKnown: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    authorization: { params: { scope: "openid email profile" } },
    idToken: true,
    userinfo: {
      // Some providers put the e-mail address into the token, others tell it only here.
      async request({ client, tokens }) {
        const { access_token: accessToken } = tokens;
        const canAsk = accessToken && client.issuer.metadata.userinfo_endpoint;
        const profile = canAsk ? await client.userinfo(accessToken) : {};
        // The token, whose signature and nonce are checked by now, has the last word.
        return { ...profile, ...(tokens as { claims(): object }).claims() } as OidcProfile;
      },
    },
    checks: ["pkce", "state", "nonce"],
    profile: ({ sub, email, name }) => ({ id: sub, email, name: name ?? email ?? sub }),
  };
}
