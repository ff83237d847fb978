import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asUser, makeKey, makeSession, makeUser, sessionCookie } from "@/tests/support/accounts";
import { type Api, api } from "@/tests/support/api";
import { secondsFromNow } from "@/tests/support/clock";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { type Device, makeDevice } from "@/tests/support/factories";
import { parkingLog, reading } from "@/tests/support/messages";
import { type RunningServer, startServer } from "@/tests/support/server";

/** The OWASP API Security Top Ten of 2023, one by one; what stands elsewhere is named. */
let database: TestDatabase;
let server: RunningServer;
let device: Device;
const as: Record<"viewer" | "operator" | "manager" | "admin", Api> = {} as never;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServer({ kind: "gateway", databaseUrl: database.url });
  device = await makeDevice(database.sql, { code: "D-1" });
  for (const role of ["viewer", "operator", "manager", "admin"] as const) {
    as[role] = api(server.url, await asUser(database.sql, role));
  }
  await api(server.url).post("/api/telemetry", reading("D-1", secondsFromNow(0), { current: 20 }));
  await api(server.url).post("/api/parking-log", parkingLog("D-1", secondsFromNow(0)));
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

describe("API1 object-level authorisation (more in reach.test.ts)", () => {
  test("a session's owner alone ends it, and a profile is one's own whatever id is sent", async () => {
    const user = await makeUser(database.sql, "viewer");
    const cookie = sessionCookie(await makeSession(database.sql, user));
    const [session] = (
      await as.viewer.get("/api/profile/sessions", { headers: { Cookie: cookie } })
    ).body;
    expect((await as.admin.del(`/api/profile/sessions/${session.id}`)).status).toBe(404);
    const mine = await as.viewer.get(`/api/profile?id=${user.id}&user_id=${user.id}`);
    expect(mine.body.id).not.toBe(user.id);
  });

  test.each(["0", "-1", "1e3", "1.0", "0x1", "99999999999", "1%00", "1;drop", "null", "%2e%2e"])(
    "%s is no id: 404 as for any other that does not exist",
    async (id) => {
      for (const noun of ["facilities", "zones", "devices", "alerts", "targets", "keys", "users"]) {
        expect((await as.admin.get(`/api/${noun}/${id}`)).status).toBe(404);
      }
    },
  );
});

describe("API2 authentication (more in sign-in.test.ts and contract/keys.test.ts)", () => {
  test("credentials in the address, in the body or of another scheme count for nothing", async () => {
    const { secret } = await makeKey(database.sql);
    const nobody = api(server.url, {});
    expect((await nobody.get(`/api/devices?key=${secret}&api_key=${secret}`)).status).toBe(401);
    expect((await nobody.post("/api/facilities", { key: secret, token: secret })).status).toBe(401);
    for (const cookie of ["next-auth.session-token=", "next-auth.session-token=guessed; x=1"]) {
      expect((await nobody.get("/api/devices", { headers: { Cookie: cookie } })).status).toBe(401);
    }
  });

  test("a session's token is no bearer token, and a key is no cookie", async () => {
    const user = await makeUser(database.sql, "admin");
    const token = await makeSession(database.sql, user);
    const { secret } = await makeKey(database.sql);
    const nobody = api(server.url, {});
    const bearer = { headers: { Authorization: `Bearer ${token}` } };
    expect((await nobody.get("/api/devices", bearer)).status).toBe(401);
    const cookie = { headers: { Cookie: sessionCookie(secret) } };
    expect((await nobody.get("/api/devices", cookie)).status).toBe(401);
  });

  test.each([
    [{ "Sec-Fetch-Site": "cross-site" }, 403],
    [{ "Sec-Fetch-Site": "same-site" }, 403],
    [{ Origin: "https://evil.example" }, 403],
    [{ Origin: "null" }, 403],
    [{ "Sec-Fetch-Site": "same-origin" }, 201],
    [{}, 201],
  ])("a session is not used by another site: %j", async (headers, expected) => {
    const message = { code: `CSRF-${JSON.stringify(headers)}`, name: "x", time_zone: "UTC" };
    const answer = await as.manager.post("/api/facilities", message, {
      headers: headers as Record<string, string>,
    });
    expect(answer.status).toBe(expected);
    const own = { headers: { Origin: server.url } };
    expect((await as.operator.patch("/api/alerts/1/acknowledge", {}, own)).status).toBe(200);
  });
});

describe("API2 for visitors", () => {
  test("another site's page can't set up, accept or sign in through someone's browser", async () => {
    const nobody = api(server.url, {
      Origin: "https://evil.example",
      "Sec-Fetch-Site": "cross-site",
    });
    for (const path of [
      "/api/setup",
      "/api/invitations/accept",
      "/api/auth/callback/credentials",
    ]) {
      expect((await nobody.send("POST", path, { body: new Blob(["{}"]) })).status).toBe(403);
    }
    expect((await nobody.get("/api/health")).status).toBe(200);
  });
});

describe("API3 properties: what is not one's own to set is refused", () => {
  test("ids, times, roles and owners in bodies are refused by name and change nothing", async () => {
    const extra = {
      ...{ id: 4711, created_at: "2000-01-01T00:00:00Z", retired_at: "2000-01-01T00:00:00Z" },
      ...{ all_facilities: true, created_by: "someone else", status: "active" },
      ...{ last_used_at: "2000-01-01T00:00:00Z", hash: "x", key: "sp_mine", revoked_at: null },
      ...{ password_hash: "x", disabled_at: null, user_id: 1 },
    };
    const unknown = Object.fromEntries(
      Object.keys(extra).map((name) => [name, ["Unknown field."]]),
    );
    const { body: user } = await as.admin.post("/api/users", {
      ...{ email: "m@example.com", name: "M", role: "viewer", facility_ids: null },
    });
    const token = user.invitation_path.split("/").at(-1);
    const counted = () => database.sql`
      select (select count(*)::int from facilities) as facilities,
             (select count(*)::int from api_keys) as keys,
             (select count(*)::int from users) as users,
             (select acknowledged_at from alerts where id = 1) as acknowledged_at`;
    const before = await counted();
    const answers = [
      await as.manager.post("/api/facilities", {
        ...extra,
        code: "M",
        name: "M",
        time_zone: "UTC",
      }),
      await as.manager.post("/api/keys", { ...extra, name: "K", scopes: ["read"] }),
      await as.admin.post("/api/users", {
        ...{ ...extra, email: "n@example.com", name: "N", role: "viewer" },
      }),
      await as.admin.patch(`/api/users/${user.id}`, { ...extra, name: "N" }),
      await api(server.url, {}).post("/api/invitations/accept", {
        ...{ ...extra, token, password: "three green lamps" },
      }),
      await as.operator.patch("/api/alerts/1/acknowledge", extra),
    ];
    for (const { status, body } of answers) {
      expect([status, body.errors]).toEqual([400, unknown]);
    }
    expect(await counted()).toEqual(before);
    expect((await as.admin.get(`/api/users/${user.id}`)).body).toMatchObject({
      ...{ email: "m@example.com", name: "M", role: "viewer", status: "invited" },
    });
  });

  test("no one raises themselves: roles and facilities are an administrator's to give", async () => {
    const user = await makeUser(database.sql, "manager", { facilityIds: [] });
    const self = api(server.url, { Cookie: sessionCookie(await makeSession(database.sql, user)) });
    const raise = { role: "admin", facility_ids: null };
    expect((await self.patch(`/api/users/${user.id}`, raise)).status).toBe(403);
    expect((await self.post("/api/users", { ...raise, email: "x@x.org", name: "x" })).status).toBe(
      403,
    );
    expect((await self.get("/api/profile")).body).toMatchObject({
      role: "manager",
      facility_ids: [],
    });
  });

  test("access to selected facilities names at least one", async () => {
    const message = { email: "nowhere@example.com", name: "N", role: "viewer", facility_ids: [] };
    const errors = { facility_ids: ["Select at least one facility."] };
    expect(await as.admin.post("/api/users", message)).toMatchObject({
      ...{ status: 400, body: { errors } },
    });
    const user = await makeUser(database.sql, "viewer");
    expect(await as.admin.patch(`/api/users/${user.id}`, { facility_ids: [] })).toMatchObject({
      ...{ status: 400, body: { errors } },
    });
  });

  test("no answer holds a hash, a token or a password", async () => {
    for (const path of [
      "/api/users",
      "/api/keys",
      "/api/profile",
      "/api/profile/sessions",
      "/api/audit",
    ]) {
      const { body } = await as.admin.get(path);
      expect(JSON.stringify(body)).not.toMatch(/argon2|hash"|token"|"password"/);
    }
  });

  test("the last administrator stays one, and administrators are not kept to facilities", async () => {
    const fresh = await createTestDatabase();
    const own = await startServer({ kind: "gateway", databaseUrl: fresh.url });
    try {
      const boss = await makeUser(fresh.sql, "admin");
      const admin = api(own.url, { Cookie: sessionCookie(await makeSession(fresh.sql, boss)) });
      for (const change of [{ role: "manager" }, { disabled: true }]) {
        expect((await admin.patch(`/api/users/${boss.id}`, change)).status).toBe(409);
      }
      const kept = await admin.patch(`/api/users/${boss.id}`, { facility_ids: [1] });
      expect(kept.body.errors).toEqual({ facility_ids: [expect.any(String)] });
      const other = await makeUser(fresh.sql, "admin");
      const otherAdmin = api(own.url, {
        Cookie: sessionCookie(await makeSession(fresh.sql, other)),
      });
      const both = await Promise.all([
        admin.patch(`/api/users/${other.id}`, { role: "viewer" }),
        otherAdmin.patch(`/api/users/${boss.id}`, { role: "viewer" }),
      ]);
      // Of two who take each other's role away at once one is left.
      const [{ n }] = await fresh.sql<[{ n: number }]>`
        select count(*)::int as n from users where role = 'admin'`;
      expect([n, both.some(({ status }) => status === 200)]).toEqual([1, true]);
    } finally {
      await own.stop();
      await fresh.drop();
    }
  });
});

describe("API4 resources (more in limits.test.ts)", () => {
  test.each([
    "/api/devices/status?limit=100000",
    "/api/devices/status?limit=0",
    "/api/alerts?limit=-1",
    "/api/audit?limit=1e9",
    `/api/devices?search=${"x".repeat(201)}`,
    `/api/devices?cursor=${"x".repeat(3_000)}`,
    `/api/audit?search=${"x".repeat(201)}`,
  ])("%s asks for too much: 400", async (path) => {
    expect((await as.admin.get(path)).status).toBe(400);
  });

  test("so does a user with a thousand facilities, or a name of a megabyte", async () => {
    const facility_ids = Array.from({ length: 1_001 }, (_, i) => i + 1);
    const message = { email: "many@example.com", name: "x", role: "viewer" };
    expect((await as.admin.post("/api/users", { ...message, facility_ids })).status).toBe(400);
    expect(
      (await as.admin.post("/api/users", { ...message, name: "x".repeat(500_000) })).status,
    ).toBe(400);
  });
});

describe("API5 function-level authorisation", () => {
  test("a viewer writes nothing (every route, role and scope: walk.test.ts)", async () => {
    const answers = await Promise.all([
      as.viewer.post("/api/facilities", { code: "V", name: "V", time_zone: "UTC" }),
      as.viewer.patch(`/api/devices/${device.id}`, { name: "V" }),
      as.viewer.del(`/api/devices/${device.id}`),
      as.viewer.post("/api/targets", {
        zone_id: device.zoneId,
        date: "2026-01-01",
        target_value: 1,
      }),
      as.viewer.patch("/api/alerts/1/acknowledge", {}),
      as.viewer.get("/api/reports/usage?date_from=2026-01-01&date_to=2026-01-01"),
      as.viewer.post("/api/keys", { name: "V", scopes: ["read"] }),
      as.operator.post("/api/devices", { zone_id: device.zoneId, code: "V" }),
      as.manager.get("/api/users"),
      as.manager.get("/api/audit"),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(403));
  });

  test("another method, case or address of the same path opens nothing", async () => {
    for (const path of [
      "//api//users",
      "/api/users/",
      "/api/./users",
      "/api/x/../users",
      "/api/%75sers",
    ]) {
      expect([401, 403, 404]).toContain((await as.viewer.get(path)).status);
    }
    const headers = { "X-HTTP-Method-Override": "DELETE", "X-Original-URL": "/api/users" };
    expect((await as.viewer.post("/api/users", {}, { headers })).status).toBe(403);
    // Next's own headers for what it does inside must not get a stranger around the gates.
    const inside = {
      "x-middleware-subrequest": "middleware",
      "x-matched-path": "/",
      "next-action": "1",
    };
    expect((await api(server.url, {}).get("/api/users", { headers: inside })).status).toBe(401);
    expect((await api(server.url, {}).get("/users", { headers: inside })).status).toBe(307);
  });
});

describe("API6 flows that must not be driven by machines", () => {
  test("an invitation works once, also for many at once, and ends with a newer one", async () => {
    const invite = async () => {
      const { body } = await as.admin.post("/api/users", {
        ...{ email: `once-${Math.random()}@example.com`, name: "Once", role: "viewer" },
      });
      return { id: body.id as number, token: String(body.invitation_path.split("/").at(-1)) };
    };
    const accept = (token: string) =>
      api(server.url, {}).post("/api/invitations/accept", { token, password: "three green lamps" });
    const first = await invite();
    const answers = await Promise.all(Array.from({ length: 5 }, () => accept(first.token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404, 404]);
    const second = await invite();
    const renewed = await as.admin.post(`/api/users/${second.id}/invitation`);
    expect((await accept(second.token)).status).toBe(404);
    expect((await accept(renewed.body.invitation_path.split("/").at(-1))).status).toBe(200);
    const third = await invite();
    await database.sql`update invitations set expires_at = now() where user_id = ${third.id}`;
    expect((await accept(third.token)).status).toBe(404);
    const fourth = await invite();
    await as.admin.patch(`/api/users/${fourth.id}`, { disabled: true });
    expect((await accept(fourth.token)).status).toBe(404);
  });
});

describe("API7 server-side requests", () => {
  test("nothing that a sender says makes the server call an address", async () => {
    let calls = 0;
    const trap = createServer((socket) => {
      calls += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => trap.listen(0, "127.0.0.1", resolve));
    const there = `http://127.0.0.1:${(trap.address() as { port: number }).port}`;
    const headers = {
      ...{
        Referer: there,
        Origin: there,
        "X-Forwarded-Host": there.slice(7),
        "X-Callback-Url": there,
      },
      "X-Forwarded-Proto": "http",
    };
    await as.admin.get(`/sign-in?next=${there}&callbackUrl=${there}`, { headers });
    await as.admin.get(`/api/auth/signin?callbackUrl=${there}`, { headers });
    await as.admin.get(`/_next/image?url=${encodeURIComponent(there)}&w=64&q=75`, { headers });
    await as.admin.post("/api/facilities", {
      code: there,
      name: there,
      time_zone: "UTC",
      address: there,
    });
    await as.admin.get("/", { headers });
    trap.close();
    expect(calls).toBe(0);
  });
});

describe("API8 configuration", () => {
  test("pages run no script but their own, by a nonce that no two answers share", async () => {
    const nonces = new Set<string>();
    for (const path of ["/", "/sign-in", "/profile", "/no/such/page"]) {
      const answer = await as.admin.get(path);
      const policy = answer.headers.get("content-security-policy") ?? "";
      const nonce = /script-src 'self' 'nonce-([^']+)' 'strict-dynamic';/.exec(policy)?.[1] ?? "";
      expect(policy).not.toMatch(/script-src[^;]*unsafe/);
      expect(policy).toContain("frame-ancestors 'none'");
      nonces.add(nonce);
      if (answer.status === 307) continue;
      const scripts = String(answer.body).match(/<script[^>]*>/g) ?? [];
      expect(scripts.length).toBeGreaterThan(0);
      for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`);
    }
    expect(nonces.size).toBe(4);
    const planted = {
      "Content-Security-Policy": "script-src 'nonce-planted'",
      "X-Nonce": "planted",
    };
    expect((await as.admin.get("/profile", { headers: planted })).body).not.toContain("planted");
  });

  test("errors tell no stack, no statement and no secret", async () => {
    for (const path of [
      "/api/devices?facility=%00",
      "/api/devices?cursor=e30",
      "/api/alerts?from=x",
    ]) {
      const { body } = await as.admin.get(path);
      expect(JSON.stringify(body)).not.toMatch(/select|drizzle|node_modules|at .*\.ts|postgres/i);
    }
  });

  test.each([
    "'",
    "''; drop table users; --",
    "%' or 1=1 --",
    "\\",
    "#{1}",
    "$1",
    "{{7*7}}",
    "a\u0000",
  ])("%j in any filter is text", async (text) => {
    const value = encodeURIComponent(text);
    for (const path of [
      ...["devices", "zones", "facilities", "devices/status", "audit"].map(
        (noun) => `/api/${noun}?search=${value}`,
      ),
      ...["devices", "alerts", "targets", "zones"].map((noun) => `/api/${noun}?zone=${value}`),
      ...["facility", "zone"].map(
        (name) => `/api/dashboard/summary?date=2026-01-01&${name}=${value}`,
      ),
      `/api/alerts?device=${value}`,
      `/api/alerts?type=${value}`,
      `/api/alerts?from=${value}`,
      `/api/audit?action=${value}`,
      `/api/reports/usage?date_from=2026-01-01&date_to=2026-01-01&facility=${value}`,
      `/api/devices?cursor=${value}`,
    ]) {
      const { status, body } = await as.admin.get(path);
      expect([200, 400]).toContain(status);
      if (status === 200) expect(body).toEqual([]);
    }
    expect(await database.sql`select from users limit 1`).toHaveLength(1);
  });
});

describe("API9 inventory", () => {
  test("nothing is served beside the table of gates (walk.test.ts compares it with the files)", async () => {
    for (const path of [
      "/api/debug",
      "/api/v1/users",
      "/api/auth/session",
      "/api/graphql",
      "/.env",
    ]) {
      const nobody = await api(server.url, {}).get(path);
      expect([307, 401, 404]).toContain(nobody.status);
      expect((await as.admin.get(path)).status).toBe(404);
    }
  });
});

describe("API10 what others' interfaces say (oidc.test.ts: an OpenID provider's claims)", () => {
  test("a proxy that is not configured is not believed (sign-in.test.ts), nor a Host in links", async () => {
    const invited = await as.admin.post(
      "/api/users",
      { email: "host@example.com", name: "x", role: "viewer" },
      { headers: { "X-Forwarded-Host": "evil.example" } },
    );
    expect(JSON.stringify(invited.body)).not.toContain("evil.example");
  });
});
