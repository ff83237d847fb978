import { createServer } from "node:http";
import Provider, { type Configuration, interactionPolicy } from "oidc-provider";

/** What the provider says of someone. */
export type OidcAccount = { email?: string; email_verified?: boolean; name?: string };

export type OidcServer = {
  issuer: string;
  /** Configuration of a server that trusts this provider. */
  env: Record<string, string>;
  /** Who signs in next, by the subject that the provider knows them by. */
  signsIn(subject: string, account: OidcAccount): void;
  stop(): Promise<void>;
};

const CLIENT = { id: "smart-parking", secret: "a client secret of the tests" };

/** A real OpenID Connect provider on this machine, which asks no one for a password. */
export async function startOidcProvider(port: number, appUrl: string): Promise<OidcServer> {
  const issuer = `http://127.0.0.1:${port}`;
  const accounts = new Map<string, OidcAccount>();
  let next = "";
  const provider = new Provider(issuer, {
    ...configuration(appUrl),
    findAccount: async (_, sub) => ({
      accountId: sub,
      claims: async () => ({ sub, ...accounts.get(sub) }),
    }),
  });
  const handle = provider.callback();
  const server = createServer((request, response) => {
    if (!request.url?.startsWith("/interaction/")) return handle(request, response);
    void provider.interactionFinished(request, response, { login: { accountId: next } });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    issuer,
    env: {
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: CLIENT.id,
      OIDC_CLIENT_SECRET: CLIENT.secret,
      OIDC_NAME: "Test provider",
    },
    signsIn: (subject, account) => {
      next = subject;
      accounts.set(subject, account);
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function configuration(appUrl: string): Configuration {
  const policy = interactionPolicy.base();
  policy.remove("consent");
  return {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [`${appUrl}/api/auth/callback/oidc`],
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    cookies: { keys: ["a cookie key of the tests"] },
    features: { devInteractions: { enabled: false } },
    interactions: { policy, url: (_, { uid }) => `/interaction/${uid}` },
    loadExistingGrant: async (ctx) => {
      const { client, session, params } = ctx.oidc;
      const grant = new ctx.oidc.provider.Grant({
        accountId: session!.accountId!,
        clientId: client!.clientId,
      });
      grant.addOIDCScope(String(params!.scope));
      await grant.save();
      return grant;
    },
  };
}
