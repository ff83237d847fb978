import { execFile } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PASSWORD } from "@/tests/support/accounts";
import { api } from "@/tests/support/api";
import { until } from "@/tests/support/clock";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { makeDevice, makeFacility } from "@/tests/support/factories";
import { at as moment, reading } from "@/tests/support/messages";
import { type RunningServer, startServer } from "@/tests/support/server";
import { signIn } from "@/tests/support/sign-in";

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

type Run = { code: number; out: string; err: string };

/** Runs a command of the shell as npm does. */
function run(script: string, args: string[], env: Record<string, string> = {}): Promise<Run> {
  const { PATH = "", HOME = "" } = process.env;
  const options = { env: { PATH, HOME, DATABASE_URL: database.url, ...env } as never };
  return new Promise((resolve) => {
    execFile(process.execPath, [`scripts/${script}.mjs`, ...args], options, (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });
}

describe("npm run key", () => {
  test("create prints the key alone, which a running server takes at once", async () => {
    const args = ["create", "--name", "setup", "--scope", "ingest,read,manage"];
    const { code, out } = await run("key", args);
    expect([code, out]).toEqual([0, expect.stringMatching(/^sp_[\w-]{43}\n$/)]);
    const client = api(server.url, { Authorization: `Bearer ${out.trim()}` });
    const message = { code: "NEW", name: "New", time_zone: "UTC" };
    expect((await client.post("/api/facilities", message)).status).toBe(201);
  });

  test("create keeps a key to a facility, zone or device", async () => {
    const device = await makeDevice(database.sql);
    const other = await makeDevice(database.sql);
    const facility = await makeFacility(database.sql, { code: "123" });
    const args = ["create", "--name", "one", "--scope", "ingest", "--device", device.code];
    const client = api(server.url, {
      Authorization: `Bearer ${(await run("key", args)).out.trim()}`,
    });
    expect((await client.post("/api/telemetry", reading(device.code, moment(0)))).status).toBe(201);
    expect((await client.post("/api/telemetry", reading(other.code, moment(0)))).status).toBe(400);
    await run("key", ["create", "--name", "two", "--scope", "read", "--facility", "123"]);
    const [key] = await database.sql`select facility_id from api_keys where name = 'two'`;
    expect(key).toEqual({ facility_id: facility.id });
  });

  test("list, rotate and revoke", async () => {
    const first = (await run("key", ["create", "--name", "third", "--scope", "read"])).out.trim();
    const listed = (await run("key", ["list"])).out;
    const id = /^(\d+) +third /m.exec(listed)?.[1] ?? "";
    expect(listed).not.toContain(first);
    const second = (await run("key", ["rotate", id, "--overlap", "0"])).out.trim();
    const statusOf = async (key: string) =>
      (await api(server.url, { Authorization: `Bearer ${key}` }).get("/api/devices")).status;
    expect(await statusOf(second)).toBe(200);
    expect((await run("key", ["revoke", id])).out).toBe("Revoked third.\n");
    const [row] =
      await database.sql`select revoked_at is not null as revoked from api_keys where id = ${id}`;
    expect(row).toEqual({ revoked: true });
  });

  test.each([
    [[], 2, "Say what to do"],
    [["create", "--name", "x"], 2, "--scope is missing"],
    [["create", "--scope", "read"], 2, "--name is missing"],
    [["create", "--name", "x", "--scope", "root"], 1, "Must be one of ingest, read, manage"],
    [["create", "--name", "x", "--scope", "read", "--facility", "NOWHERE"], 1, "No such facility"],
    [["create", "--nam", "x"], 2, "--nam"],
    [["revoke", "x"], 2, "Give the key's id"],
    [["revoke", "999999"], 1, "Key not found"],
  ])("%j says what is wrong and changes nothing", async (args, code, words) => {
    const before = await database.sql`select count(*) from api_keys`;
    const result = await run("key", args);
    expect(result).toMatchObject({ code, out: "" });
    expect(result.err).toContain(words);
    expect(await database.sql`select count(*) from api_keys`).toEqual(before);
  });
});

describe("npm run user", () => {
  test("create, reset, disable, enable and list", async () => {
    await makeFacility(database.sql, { code: "NORTH" });
    const email = "Op@Example.com";
    const create = ["create", "--email", email, "--password", PASSWORD, "--role", "operator"];
    expect((await run("user", [...create, "--facility", "NORTH"])).out).toContain("op@example.com");
    const user = { email, password: PASSWORD };
    expect((await signIn(server.url, user)).cookie).not.toBeNull();
    for (let i = 0; i < 5; i++) await signIn(server.url, { email, password: "wrong" });
    expect((await signIn(server.url, user)).error).toMatch(/^Locked/);
    const reset = (await run("user", ["reset", "--email", email])).out;
    const password = /The password is (\S+)\n$/.exec(reset)?.[1] ?? "";
    const { cookie } = await signIn(server.url, { email, password });
    expect(cookie).not.toBeNull();
    expect((await run("user", ["disable", "--email", email])).code).toBe(0);
    const profile = { headers: { Cookie: cookie! } };
    expect((await api(server.url, {}).get("/api/profile", profile)).status).toBe(401);
    expect((await run("user", ["list"])).out).toMatch(
      /op@example\.com +Op +operator +\d+ +disabled/,
    );
    expect((await run("user", ["enable", "--email", email])).code).toBe(0);
    expect((await signIn(server.url, { email, password })).cookie).not.toBeNull();
  });

  test("disable names the keys that the user made, and does with them what is said", async () => {
    const keys: string[] = [];
    for (const choice of ["keep", "revoke"]) {
      const email = `${choice}@example.com`;
      const create = ["create", "--email", email, "--password", PASSWORD, "--role", "manager"];
      expect((await run("user", create)).code).toBe(0);
      const { cookie } = await signIn(server.url, { email, password: PASSWORD });
      const own = api(server.url, { Cookie: cookie! });
      const message = { name: `Gateway ${choice}`, scopes: ["ingest", "read"] };
      keys.push((await own.post("/api/keys", message)).body.key);
      const undecided = await run("user", ["disable", "--email", email]);
      expect([undecided.code, undecided.out]).toEqual([2, ""]);
      expect(undecided.err).toContain(`Gateway ${choice} (ingest, read)`);
      expect(undecided.err).toContain("Add --keys revoke or --keys keep.");
      expect((await own.get("/api/profile")).status).toBe(200);
      const { code, out } = await run("user", ["disable", "--email", email, "--keys", choice]);
      expect([code, out]).toEqual([0, expect.stringContaining(`Gateway ${choice} (ingest, read)`)]);
      expect(out).toContain(choice === "keep" ? "Kept the keys" : "Revoked the keys");
    }
    const statusOf = async (key: string) =>
      (await api(server.url, { Authorization: `Bearer ${key}` }).get("/api/devices")).status;
    expect(await statusOf(keys[0]!)).toBe(200);
    const revoked = async () => (await statusOf(keys[1]!)) === 401;
    await until("the running server knows of it", revoked, 10_000);
  });

  test.each([
    [["create", "--email", "x@example.com", "--role", "boss"], 1, "Must be one of viewer"],
    [["disable", "--email", "x@x.org", "--keys", "perhaps"], 1, "User not found"],
    [["create", "--email", "x", "--role", "viewer"], 1, "Must be an e-mail address"],
    [["create", "--email", "x@x.org", "--role", "viewer", "--password", "short"], 1, "At least 10"],
    [
      ["create", "--email", "x@x.org", "--role", "viewer", "--password", "password123456"],
      1,
      "easy",
    ],
    [["reset", "--email", "nobody@example.com"], 1, "User not found"],
    [["remove"], 2, "Unknown command remove"],
  ])("%j says what is wrong", async (args, code, words) => {
    const result = await run("user", args);
    expect(result).toMatchObject({ code, out: "" });
    expect(result.err).toContain(words);
  });
});

test("npm start on a given database demands the secrets, by name, before it does anything", async () => {
  const none = await run("start", [], { PORT: "0" });
  expect(none.code).toBe(1);
  expect(none.err).toMatch(/NEXTAUTH_SECRET and CRON_SECRET must be set/);
  const one = await run("start", [], { PORT: "0", CRON_SECRET: "x".repeat(32) });
  expect(one.err).toMatch(/so NEXTAUTH_SECRET must be set/);
});

test("npm start refuses a scheduler's secret that can be guessed, before it does anything", async () => {
  const secrets = { NEXTAUTH_SECRET: "x".repeat(32), CRON_SECRET: "y" };
  const { code, err } = await run("start", [], { PORT: "0", ...secrets });
  expect(code).toBe(1);
  expect(err).toMatch(/CRON_SECRET must have at least 16 characters: `openssl rand -base64 32`/);
  // Where no `npm start` stands in front.
  const alone = await run("user", ["list"], secrets);
  expect(alone.code).not.toBe(0);
  expect(alone.err).toMatch(/CRON_SECRET must have at least 16 characters/);
});

test("what a dump holds is all that it takes: users, keys and the audit log come back", async () => {
  const made = await run("key", ["create", "--name", "kept", "--scope", "read"]);
  await run("user", [
    "create",
    "--email",
    "kept@example.com",
    "--password",
    PASSWORD,
    "--role",
    "admin",
  ]);
  const restored = await createTestDatabase();
  try {
    await restored.sql`delete from api_keys`;
    for (const table of [
      "facilities",
      "zones",
      "devices",
      "users",
      "user_facilities",
      "api_keys",
    ]) {
      await copyTable(table, restored);
    }
    for (const table of ["api_key_secrets", "audit_log"]) await copyTable(table, restored);
    const own = await startServer({ kind: "gateway", databaseUrl: restored.url });
    const user = { email: "kept@example.com", password: PASSWORD };
    const { cookie } = await signIn(own.url, user);
    const audit = await api(own.url, { Cookie: cookie! }).get("/api/audit?search=kept");
    const client = api(own.url, { Authorization: `Bearer ${made.out.trim()}` });
    const { status } = await client.get("/api/devices");
    await own.stop();
    expect([status, audit.body.length]).toEqual([200, 3]);
  } finally {
    await restored.drop();
  }
});

/** What pg_dump and psql do with a table: its rows out as text, and in again. */
async function copyTable(table: string, into: TestDatabase): Promise<void> {
  const { sql } = database;
  const rows = await sql`select to_jsonb(t) as row from ${sql(table)} t`;
  if (rows.length === 0) return;
  const text = JSON.stringify(rows.map(({ row }) => row));
  await into.sql`
    insert into ${into.sql(table)} overriding system value
    select * from jsonb_populate_recordset(null::${into.sql(table)}, ${text}::text::jsonb)`;
  if (!("id" in rows[0]!.row)) return;
  await into.sql`
    select setval(pg_get_serial_sequence(${table}, 'id'), (select max(id) from ${into.sql(table)}))`;
}
