import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asUser, makeSession, makeUser, PASSWORD, sessionCookie } from "@/tests/support/accounts";
import { type Api, api } from "@/tests/support/api";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { makeFacility } from "@/tests/support/factories";
import { type RunningServer, startServer } from "@/tests/support/server";
import { cookiesOf, signIn } from "@/tests/support/sign-in";

let database: TestDatabase;
let servers: RunningServer[];
let client: Api;
/** Another process on the same database. */
let elsewhere: Api;
let url: string;

beforeAll(async () => {
  database = await createTestDatabase();
  servers = await Promise.all([
    startServer({ kind: "gateway", databaseUrl: database.url, env: { TRUST_PROXY: "1" } }),
    startServer({ kind: "gateway", databaseUrl: database.url }),
  ]);
  url = servers[0]!.url;
  client = api(url, {});
  elsewhere = api(servers[1]!.url, {});
});
afterAll(async () => {
  for (const server of servers ?? []) await server.stop();
  await database?.drop();
});

/** Each test comes from an address of its own, so that none is locked by another. */
let hosts = 0;
const fromNewAddress = () => ({ "X-Forwarded-For": `198.51.100.${++hosts}` });
const profile = (at: Api, cookie: string) =>
  at.get("/api/profile", { headers: { Cookie: cookie } });

describe("signing in", () => {
  test("takes e-mail and password, the address in any case, and says where it came from", async () => {
    const user = await makeUser(database.sql, "viewer", { email: "ada@example.com" });
    const headers = { ...fromNewAddress(), "User-Agent": "A test" };
    const { cookie, url: landed } = await signIn(
      url,
      { ...user, email: " ADA@Example.com" },
      headers,
    );
    expect(landed).toBe(`${url}/`);
    expect((await profile(client, cookie!)).body).toEqual({
      ...{ id: user.id, email: "ada@example.com", name: "The viewer", role: "viewer" },
      ...{ facility_ids: null, has_password: true },
    });
    const sessions = await client.get("/api/profile/sessions", { headers: { Cookie: cookie! } });
    expect(sessions.body).toMatchObject([
      { address: headers["X-Forwarded-For"], user_agent: "A test" },
    ]);
  });

  test("an unknown user, a wrong password and a disabled user get the same answer", async () => {
    const user = await makeUser(database.sql, "viewer");
    const disabled = await makeUser(database.sql, "viewer");
    await database.sql`update users set disabled_at = now() where id = ${disabled.id}`;
    const answers = [];
    for (const credentials of [
      { email: user.email, password: "not the password" },
      { email: "nobody@example.com", password: PASSWORD },
      disabled,
      { email: "no address", password: PASSWORD },
      { email: user.email, password: "" },
      { email: user.email, password: "x".repeat(5_000) },
    ]) {
      const { status, cookie, error } = await signIn(url, credentials, fromNewAddress());
      answers.push({ status, cookie, error });
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify({ status: 401, cookie: null, error: "CredentialsSignin" })]),
    );
  });

  test("nothing secret is in the database: no password, no token", async () => {
    const user = await makeUser(database.sql, "viewer");
    const { cookie } = await signIn(url, user, fromNewAddress());
    const token = cookie!.split("=")[1]!;
    const tables = await database.sql<{ dump: string }[]>`
      select query_to_xml('select * from ' || tablename, true, true, '')::text as dump
      from pg_tables where schemaname = 'public'`;
    const everything = tables.map(({ dump }) => dump).join();
    expect(everything).toContain("$argon2id$v=19$m=19456,t=2,p=1$");
    expect(everything).not.toContain(token);
    expect(everything).not.toContain(PASSWORD);
  });

  test("needs next-auth's CSRF token", async () => {
    const user = await makeUser(database.sql, "viewer");
    const answer = await client.send("POST", "/api/auth/callback/credentials", {
      body: new URLSearchParams({ ...user, id: "", csrfToken: "guessed", json: "true" }),
    });
    expect(answer.headers.getSetCookie().join()).not.toContain("session-token=");
  });

  test.each([
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "http://localhost.evil.example/",
  ])("never leads to %s", async (callbackUrl) => {
    const user = await makeUser(database.sql, "viewer");
    const { url: landed } = await signIn(url, { ...user, callbackUrl }, fromNewAddress());
    expect(new URL(landed, url).origin).toBe(url);
    const page = await client.get(`/sign-in?next=${encodeURIComponent(callbackUrl)}`, {
      headers: { Cookie: sessionCookie(await makeSession(database.sql, user)) },
    });
    expect(new URL(page.headers.get("location") ?? "/", url).origin).toBe(url);
  });

  test("cookies are HttpOnly and SameSite, and Secure behind a proxy that ends TLS", async () => {
    const user = await makeUser(database.sql, "viewer");
    const https = {
      ...fromNewAddress(),
      "X-Forwarded-Proto": "https",
      "X-Forwarded-Host": "p.example",
    };
    const first = await fetch(`${url}/api/auth/csrf`, { headers: https });
    expect(first.headers.getSetCookie().join()).toMatch(/__Host-next-auth\.csrf-token=.*Secure/);
    const { cookie, url: landed } = await signIn(url, user, https);
    expect(cookie).toMatch(/^__Secure-next-auth\.session-token=/);
    expect(landed).toBe("https://p.example/");
    const headers = { ...https, Cookie: cookie! };
    expect((await client.get("/api/profile", { headers })).status).toBe(200);
    // The same over http: the cookie's name says that it is not for that.
    expect((await profile(client, cookie!)).status).toBe(401);
  });

  test("a configured address decides, where no proxy tells: cookies are Secure for https", async () => {
    const env = { NEXTAUTH_URL: "https://parking.example" };
    const own = await startServer({ kind: "gateway", databaseUrl: database.url, env });
    try {
      const user = await makeUser(database.sql, "viewer");
      const { cookie, url: landed } = await signIn(own.url, user);
      expect(cookie).toMatch(/^__Secure-next-auth\.session-token=/);
      expect(landed).toBe("https://parking.example/");
      expect((await profile(api(own.url, {}), cookie!)).status).toBe(200);
    } finally {
      await own.stop();
    }
  });

  test("a sender that no proxy vouches for can't claim an address or https", async () => {
    const user = await makeUser(database.sql, "viewer");
    const lies = {
      "X-Forwarded-For": "203.0.113.9",
      "X-Forwarded-Proto": "https",
      Forwarded: "for=203.0.113.9",
    };
    const { cookie } = await signIn(elsewhere.url, user, lies);
    expect(cookie).toMatch(/^next-auth\.session-token=/);
    const sessions = await elsewhere.get("/api/profile/sessions", { headers: { Cookie: cookie! } });
    expect(sessions.body).toMatchObject([{ address: "127.0.0.1" }]);
  });
});

describe("an account is locked", () => {
  const failing = async (email: string, times: number, headers: () => Record<string, string>) => {
    const errors = [];
    for (let i = 0; i < times; i++) {
      errors.push((await signIn(url, { email, password: "wrong" }, headers())).error);
    }
    return errors;
  };

  test("after five failures, wherever they come from, longer each time, whether or not it exists", async () => {
    const { email, password } = await makeUser(database.sql, "viewer");
    for (const address of [email, "made-up@example.com"]) {
      const errors = await failing(address, 5, fromNewAddress);
      expect(errors.slice(0, 4)).toEqual(Array(4).fill("CredentialsSignin"));
      expect(errors[4]).toMatch(/^Locked:(30|29)$/);
    }
    const right = await signIn(url, { email, password }, fromNewAddress());
    expect(right).toMatchObject({ cookie: null, error: expect.stringMatching(/^Locked:/) });
    const subject = `account:${email}`;
    await database.sql`update sign_in_failures set locked_until = now() where subject = ${subject}`;
    expect((await failing(email, 1, fromNewAddress))[0]).toMatch(/^Locked:(60|59)$/);
    await database.sql`update sign_in_failures set locked_until = now() where subject = ${subject}`;
    expect((await signIn(url, { email, password }, fromNewAddress())).cookie).not.toBeNull();
    const rows = await database.sql`select from sign_in_failures where subject = ${subject}`;
    expect(rows).toHaveLength(0);
  });

  test("and an address after twenty, whatever accounts it tried", async () => {
    const address = fromNewAddress();
    for (let i = 0; i < 20; i++) await failing(`guess-${i}@example.com`, 1, () => address);
    const { email, password } = await makeUser(database.sql, "viewer");
    const answer = await signIn(url, { email, password }, address);
    expect(answer.error).toMatch(/^Locked:/);
    expect((await signIn(url, { email, password }, fromNewAddress())).cookie).not.toBeNull();
  });

  test("no earlier by 30 guesses at once, which can't overtake the lock", async () => {
    const { email } = await makeUser(database.sql, "viewer");
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => signIn(url, { email, password: "wrong" }, fromNewAddress())),
    );
    const refused = answers.filter(({ error }) => error === "CredentialsSignin");
    expect(refused).toHaveLength(4);
    const failures = await database.sql`
      select failures from sign_in_failures where subject = ${`account:${email}`}`;
    expect(failures).toEqual([{ failures: 5 }]);
  });
});

describe("a session ends at once, in every process,", () => {
  const signedIn = async () => {
    const user = await makeUser(database.sql, "operator");
    const cookies = [];
    for (let i = 0; i < 2; i++) cookies.push(sessionCookie(await makeSession(database.sql, user)));
    for (const cookie of cookies) expect((await profile(elsewhere, cookie)).status).toBe(200);
    return { user, cookies: cookies as [string, string] };
  };
  const isOver = async (cookie: string) => {
    for (const at of [elsewhere, client]) expect((await profile(at, cookie)).status).toBe(401);
    const page = await client.get("/", { headers: { Cookie: cookie } });
    expect([page.status, page.headers.get("location")]).toEqual([307, "/sign-in"]);
  };
  const asAdmin = async () => ({ headers: await asUser(database.sql, "admin") });

  test("on sign-out", async () => {
    const { cookies } = await signedIn();
    const first = await fetch(`${url}/api/auth/csrf`);
    const { csrfToken } = (await first.json()) as { csrfToken: string };
    await fetch(`${url}/api/auth/signout`, {
      method: "POST",
      redirect: "manual",
      headers: { Cookie: `${cookiesOf(first)}; ${cookies[0]}` },
      body: new URLSearchParams({ csrfToken, json: "true" }),
    });
    await isOver(cookies[0]);
    expect((await profile(client, cookies[1])).status).toBe(200);
  });

  test("when it is ended from another one, but not by another user", async () => {
    const { cookies } = await signedIn();
    const stranger = { headers: await asUser(database.sql, "admin") };
    const list = await client.get("/api/profile/sessions", { headers: { Cookie: cookies[0] } });
    const ids = list.body.map(({ id }: { id: number }) => id).sort((a: number, b: number) => a - b);
    expect(ids).toHaveLength(2);
    expect((await client.del(`/api/profile/sessions/${ids[1]}`, stranger)).status).toBe(404);
    const own = { headers: { Cookie: cookies[0] } };
    expect((await client.del(`/api/profile/sessions/${ids[1]}`, own)).status).toBe(204);
    await isOver(cookies[1]);
    expect((await profile(client, cookies[0])).status).toBe(200);
  });

  test("on sign-out everywhere", async () => {
    const { cookies } = await signedIn();
    const own = { headers: { Cookie: cookies[0] } };
    expect((await client.del("/api/profile/sessions", own)).body).toEqual({ ended: 2 });
    for (const cookie of cookies) await isOver(cookie);
  });

  test("when the password is changed, and only the new one lets in", async () => {
    const { user, cookies } = await signedIn();
    const change = (message: object) =>
      client.post("/api/profile/password", message, { headers: { Cookie: cookies[0] } });
    const weak = await change({ current_password: PASSWORD, new_password: "password123456" });
    expect(weak).toMatchObject({
      status: 400,
      body: { errors: { new_password: expect.any(Array) } },
    });
    const wrong = await change({ current_password: "wrong", new_password: "three green lamps" });
    expect(wrong).toMatchObject({
      status: 400,
      body: { errors: { current_password: expect.any(Array) } },
    });
    const message = { current_password: PASSWORD, new_password: "three green lamps" };
    expect((await change(message)).status).toBe(204);
    for (const cookie of cookies) await isOver(cookie);
    expect((await signIn(url, user, fromNewAddress())).cookie).toBeNull();
    const renewed = { ...user, password: "three green lamps" };
    expect((await signIn(url, renewed, fromNewAddress())).cookie).not.toBeNull();
  });

  test.each([
    ["the user is disabled", () => ({ disabled: true })],
    ["the role changes", () => ({ role: "viewer" })],
    ["the facilities change", (facilityId: number) => ({ facility_ids: [facilityId] })],
  ])("when %s", async (_, change) => {
    const { user, cookies } = await signedIn();
    const { id } = await makeFacility(database.sql);
    const answer = await client.patch(`/api/users/${user.id}`, change(id), await asAdmin());
    expect(answer.status).toBe(200);
    for (const cookie of cookies) await isOver(cookie);
  });

  test("when its time has come, or no one used it for a day", async () => {
    const { user, cookies } = await signedIn();
    await database.sql`update sessions set expires_at = now() where user_id = ${user.id}`;
    for (const cookie of cookies) await isOver(cookie);
    const again = await signedIn();
    await database.sql`
      update sessions set last_seen_at = now() - interval '24 hours 1 second'
      where user_id = ${again.user.id}`;
    for (const cookie of again.cookies) await isOver(cookie);
  });

  test("but not by a name alone", async () => {
    const { user, cookies } = await signedIn();
    await client.patch(`/api/users/${user.id}`, { name: "Another name" }, await asAdmin());
    expect((await profile(client, cookies[0])).body.name).toBe("Another name");
  });
});

describe("set-up", () => {
  const message = { name: "Ada", email: "ada@example.com", password: PASSWORD };

  test("of two at once makes one administrator, and is closed for good afterwards", async () => {
    const empty = await createTestDatabase();
    const both = await Promise.all(
      [1, 2].map(() => startServer({ kind: "gateway", databaseUrl: empty.url })),
    );
    const apis = both.map((server) => api(server.url, {}));
    try {
      const weak = await apis[0]!.post("/api/setup", { ...message, password: "password12" });
      expect(weak).toMatchObject({
        status: 400,
        body: { errors: { password: expect.any(Array) } },
      });
      const facility = { code: "C", name: "Central", time_zone: "Mars/Olympus" };
      const bad = await apis[0]!.post("/api/setup", { ...message, facility });
      expect(bad.body.errors).toEqual({ "facility.time_zone": [expect.any(String)] });
      const answers = await Promise.all(
        Array.from({ length: 6 }, (_, i) =>
          apis[i % 2]!.post("/api/setup", { ...message, email: `ada-${i}@example.com` }),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
      expect(await empty.sql`select role, all_facilities from users`).toEqual([
        { role: "admin", all_facilities: true },
      ]);
      await empty.sql`update users set disabled_at = now()`;
      expect((await apis[1]!.post("/api/setup", message)).status).toBe(409);
      const page = await apis[1]!.get("/setup");
      expect([page.status, page.headers.get("location")]).toEqual([307, "/"]);
    } finally {
      for (const server of both) await server.stop();
      await empty.drop();
    }
  });

  test("makes the first facility and a demo estate whose figures agree", async () => {
    const empty = await createTestDatabase();
    const server = await startServer({ kind: "gateway", databaseUrl: empty.url });
    try {
      const facility = { code: "C", name: "Central", time_zone: "Europe/Vienna" };
      const made = await api(server.url, {}).post("/api/setup", {
        ...message,
        facility,
        demo: true,
      });
      expect(made).toMatchObject({ status: 201, body: { demo: true } });
      const [counts] = await empty.sql`
        select (select count(*)::int from facilities) as facilities,
               (select count(*)::int from devices) as devices,
               (select count(*) > 500 from parking_logs) as many_logs,
               (select sum(event_count) from parking_days) = (select count(*) from parking_logs)
                 as counted,
               (select count(*)::int from alerts) as alerts`;
      expect(counts).toEqual({
        facilities: 2,
        devices: 24,
        many_logs: true,
        counted: true,
        alerts: 1,
      });
    } finally {
      await server.stop();
      await empty.drop();
    }
  });
});
