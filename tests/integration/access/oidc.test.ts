import { afterAll, beforeAll, expect, test } from "vitest";
import { makeUser } from "@/tests/support/accounts";
import { type Api, api } from "@/tests/support/api";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { type OidcServer, startOidcProvider } from "@/tests/support/oidc";
import { freePort, type RunningServer, startServer } from "@/tests/support/server";

let database: TestDatabase;
let server: RunningServer;
let provider: OidcServer;
let client: Api;

beforeAll(async () => {
  database = await createTestDatabase();
  const port = await freePort();
  provider = await startOidcProvider(await freePort(), `http://127.0.0.1:${port}`);
  const { env } = provider;
  server = await startServer({ kind: "gateway", databaseUrl: database.url, env, port });
  client = api(server.url, {});
});
afterAll(async () => {
  await server?.stop();
  await provider?.stop();
  await database?.drop();
});

/** Signs in through the provider as a browser does. @returns where it ends, with the session's cookie */
async function signInByProvider(
  callbackUrl = "/",
): Promise<{ landed: string; cookie: string | null }> {
  const jar = new Map<string, string>();
  const visit = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const Cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, { ...init, redirect: "manual", headers: { Cookie } });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = "", value = ""] = cookie.split(";")[0]!.split(/=(.*)/s);
      if (value) jar.set(name, value);
      else jar.delete(name);
    }
    return response;
  };
  const { csrfToken } = await (await visit(`${server.url}/api/auth/csrf`)).json();
  const body = new URLSearchParams({ csrfToken, callbackUrl });
  let url = `${server.url}/api/auth/signin/oidc`;
  let response = await visit(url, { method: "POST", body });
  for (let hops = 0; response.headers.has("location") && hops < 12; hops++) {
    url = new URL(response.headers.get("location")!, url).href;
    const isBack = url.startsWith(server.url) && !url.includes("/api/auth/");
    if (isBack) break;
    response = await visit(url);
  }
  const token = jar.get("next-auth.session-token");
  return { landed: url, cookie: token ? `next-auth.session-token=${token}` : null };
}

const whoIs = async (cookie: string | null) =>
  (await client.get("/api/profile", { headers: { Cookie: cookie ?? "" } })).body;

test("an invited user is known by the verified address, and from then on by the subject", async () => {
  const user = await makeUser(database.sql, "operator", { email: "op@example.com" });
  provider.signsIn("subject-1", { email: "OP@example.com", email_verified: true, name: "Op" });
  const first = await signInByProvider("/profile");
  expect(first.landed).toBe(`${server.url}/profile`);
  expect(await whoIs(first.cookie)).toMatchObject({ id: user.id, role: "operator" });
  // Another address at the provider changes nothing: it is the same person.
  provider.signsIn("subject-1", { email: "renamed@example.com", email_verified: true });
  expect(await whoIs((await signInByProvider()).cookie)).toMatchObject({ id: user.id });
});

test.each([
  ["nobody has invited", { email: "stranger@example.com", email_verified: true }],
  ["whose address is not verified", { email: "viewer@example.com", email_verified: false }],
  ["of whose address nothing is said", { email: "viewer@example.com" }],
  ["without an address", {}],
])("someone %s is not let in", async (_, account) => {
  await database.sql`delete from users where email = 'viewer@example.com'`;
  await makeUser(database.sql, "viewer", { email: "viewer@example.com" });
  provider.signsIn(`subject-${JSON.stringify(account)}`, account);
  const { landed, cookie } = await signInByProvider();
  expect(cookie).toBeNull();
  expect(new URL(landed).pathname).toBe("/sign-in");
  expect(new URL(landed).searchParams.get("error")).toBe("AccessDenied");
});

test("another subject can't take over an address that is in use, nor a disabled user come back", async () => {
  const user = await makeUser(database.sql, "admin", { email: "boss@example.com" });
  provider.signsIn("subject-2", { email: "boss@example.com", email_verified: true });
  expect((await signInByProvider()).cookie).not.toBeNull();
  provider.signsIn("subject-3", { email: "boss@example.com", email_verified: true });
  expect((await signInByProvider()).cookie).toBeNull();
  await database.sql`update users set disabled_at = now() where id = ${user.id}`;
  provider.signsIn("subject-2", { email: "boss@example.com", email_verified: true });
  expect((await signInByProvider()).cookie).toBeNull();
});

test("a forged answer of the provider starts no session", async () => {
  const answer = await client.get("/api/auth/callback/oidc?code=forged&state=forged");
  expect(answer.headers.getSetCookie().join()).not.toMatch(/session-token=[\w-]{20}/);
  expect(answer.headers.get("location")).toContain("error=OAuthCallback");
});
