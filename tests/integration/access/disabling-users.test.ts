import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeSession, makeUser, sessionCookie } from "@/tests/support/accounts";
import { type Api, api } from "@/tests/support/api";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { type RunningServer, startServer } from "@/tests/support/server";

let database: TestDatabase;
let server: RunningServer;
beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServer({ kind: "gateway", databaseUrl: database.url });
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

const clientOf = async (user: { id: number }) =>
  api(server.url, { Cookie: sessionCookie(await makeSession(database.sql, user)) });
const byKey = (key: string) => api(server.url, { Authorization: `Bearer ${key}` });

describe("the last administrator who can sign in", () => {
  const onlyAdmin = async () => {
    await database.sql`update users set disabled_at = now()`;
    const boss = await makeUser(database.sql, "admin");
    return { boss, admin: await clientOf(boss) };
  };
  const changes = [{ role: "manager" }, { disabled: true }];

  test("stays while another one is invited but has never signed in", async () => {
    const { boss, admin } = await onlyAdmin();
    const email = `invited-${boss.id}@example.com`;
    const invited = await admin.post("/api/users", { email, name: "Invited", role: "admin" });
    for (const change of changes) {
      const answer = await admin.patch(`/api/users/${boss.id}`, change);
      expect(answer.status).toBe(409);
      expect(answer.body.detail).toMatch(/last administrator/);
    }
    const token = invited.body.invitation_path.split("/").at(-1);
    const accepted = { token, password: "boats on a quiet lake" };
    expect((await api(server.url, {}).post("/api/invitations/accept", accepted)).status).toBe(200);
    expect((await admin.patch(`/api/users/${boss.id}`, changes[0])).status).toBe(200);
  });

  test("stays while another one can come through single sign-on alone, which is not configured", async () => {
    const { boss, admin } = await onlyAdmin();
    const other = await makeUser(database.sql, "admin");
    await database.sql`
      update users set password_hash = null, oidc_issuer = 'https://id.example',
                       oidc_subject = ${`subject-${other.id}`}
      where id = ${other.id}`;
    for (const change of changes) {
      expect((await admin.patch(`/api/users/${boss.id}`, change)).status).toBe(409);
    }
    const env = {
      ...{ OIDC_ISSUER: "https://id.example", OIDC_CLIENT_ID: "x", OIDC_CLIENT_SECRET: "x" },
    };
    const own = await startServer({ kind: "gateway", databaseUrl: database.url, env });
    try {
      const client = api(own.url, { Cookie: sessionCookie(await makeSession(database.sql, boss)) });
      expect((await client.patch(`/api/users/${boss.id}`, changes[1])).status).toBe(200);
    } finally {
      await own.stop();
    }
  });
});

describe("disabling a user who made keys", () => {
  let admin: Api;
  beforeAll(async () => {
    admin = await clientOf(await makeUser(database.sql, "admin"));
  });

  /** A manager with a key, a key that this key made, and one that they revoked themselves. */
  async function managerWithKeys() {
    const manager = await makeUser(database.sql, "manager");
    const own = await clientOf(manager);
    const make = async (client: Api, name: string) => {
      const message = { name: `${name} ${manager.id}`, scopes: ["read", "manage"] };
      const { status, body } = await client.post("/api/keys", message);
      expect(status).toBe(201);
      return body as { id: number; name: string; key: string };
    };
    const first = await make(own, "first");
    const second = await make(byKey(first.key), "second");
    const revoked = await make(own, "revoked");
    await own.del(`/api/keys/${revoked.id}`);
    return { manager, first, second };
  }
  const statusOf = async (key: string) => (await byKey(key).get("/api/devices")).status;

  test("asks what becomes of them, by name, and changes nothing until it is said", async () => {
    const { manager, first, second } = await managerWithKeys();
    const answer = await admin.patch(`/api/users/${manager.id}`, { disabled: true });
    expect(answer.status).toBe(409);
    expect(answer.body.detail).toBe(
      `This user made 2 keys that still work: “${first.name}”, “${second.name}”.`,
    );
    expect(answer.body.errors).toEqual({ revoke_keys: [expect.any(String)] });
    expect((await admin.get(`/api/users/${manager.id}`)).body.status).toBe("active");
    expect([await statusOf(first.key), await statusOf(second.key)]).toEqual([200, 200]);
  });

  test("revokes all of them, also those that a key made, at once and in the audit log", async () => {
    const { manager, first, second } = await managerWithKeys();
    const change = { disabled: true, revoke_keys: true };
    expect((await admin.patch(`/api/users/${manager.id}`, change)).body.status).toBe("disabled");
    expect([await statusOf(first.key), await statusOf(second.key)]).toEqual([401, 401]);
    const log = await database.sql`
      select subject_id from audit_log where action = 'key.revoked'
        and subject_id in (${first.id}, ${second.id}) and actor_name like 'admin-%'`;
    expect(log).toHaveLength(2);
  });

  test("keeps them where that is said, and revokes them later too", async () => {
    const { manager, first, second } = await managerWithKeys();
    const path = `/api/users/${manager.id}`;
    expect((await admin.patch(path, { disabled: true, revoke_keys: false })).status).toBe(200);
    expect([await statusOf(first.key), await statusOf(second.key)]).toEqual([200, 200]);
    expect((await admin.patch(path, { disabled: true })).status).toBe(200);
    expect((await admin.patch(path, { disabled: true, revoke_keys: true })).status).toBe(200);
    expect([await statusOf(first.key), await statusOf(second.key)]).toEqual([401, 401]);
  });

  test("leaves no key behind that is made meanwhile", async () => {
    const { manager, first } = await managerWithKeys();
    const own = await clientOf(manager);
    const making = Array.from({ length: 20 }, (_, n) =>
      (n % 2 === 0 ? own : byKey(first.key)).post("/api/keys", { name: `${n}`, scopes: ["read"] }),
    );
    await admin.patch(`/api/users/${manager.id}`, { disabled: true, revoke_keys: true });
    for (const { status, body } of await Promise.all(making)) {
      if (status === 201) expect(await statusOf(body.key)).toBe(401);
      else expect(status).toBe(401);
    }
  });

  test("asks nothing where there are none, and takes the answer with disabling alone", async () => {
    const user = await makeUser(database.sql, "manager");
    const path = `/api/users/${user.id}`;
    for (const change of [{ revoke_keys: true }, { disabled: false, revoke_keys: true }]) {
      const { status, body } = await admin.patch(path, change);
      expect([status, Object.keys(body.errors)]).toEqual([400, ["revoke_keys"]]);
    }
    expect((await admin.patch(path, { disabled: true })).status).toBe(200);
  });
});
