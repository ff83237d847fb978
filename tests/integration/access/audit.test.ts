import Papa from "papaparse";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asUser, makeKey, makeSession, makeUser, sessionCookie } from "@/tests/support/accounts";
import { type Api, api } from "@/tests/support/api";
import { secondsFromNow } from "@/tests/support/clock";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { makeDevice } from "@/tests/support/factories";
import { highPower } from "@/tests/support/messages";
import { type RunningServer, startServer } from "@/tests/support/server";
import { signIn } from "@/tests/support/sign-in";

let database: TestDatabase;
let server: RunningServer;
let admin: Api;
let adminId: number;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServer({ kind: "gateway", databaseUrl: database.url });
  const user = await makeUser(database.sql, "admin", { email: "admin@example.com" });
  adminId = user.id;
  admin = api(server.url, { Cookie: sessionCookie(await makeSession(database.sql, user)) });
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

/** What was written down since the last time, oldest first. */
let seen = 0;
async function news() {
  const rows = await database.sql`select * from audit_log where id > ${seen} order by id`;
  seen = Number(rows.at(-1)?.id ?? seen);
  return rows.map(({ action, subject_name, before, after }) => ({
    action,
    subject: subject_name,
    before,
    after,
  }));
}

test("every change of the estate is written down: what, to what, before and after", async () => {
  await news();
  const facility = { code: "F", name: "Old name", time_zone: "UTC" };
  const f = (await admin.post("/api/facilities", facility)).body;
  const z = (await admin.post("/api/zones", { facility_id: f.id, code: "Z", name: "Zone" })).body;
  const d = (await admin.post("/api/devices", { zone_id: z.id, code: "D" })).body;
  await admin.patch(`/api/facilities/${f.id}`, { name: "New name" });
  await admin.patch(`/api/zones/${z.id}`, { high_power_w: 1500 });
  await admin.patch(`/api/devices/${d.id}`, { name: "Bay", offline_after_seconds: 300 });
  await admin.patch(`/api/devices/${d.id}`, { name: "Bay" });
  await admin.patch("/api/devices/999999", { name: "Bay" });
  await admin.post("/api/devices", { zone_id: z.id, code: "D" });
  const t = (
    await admin.post("/api/targets", { zone_id: z.id, date: "2026-01-01", target_value: 5 })
  ).body;
  await admin.post("/api/targets", { zone_id: z.id, date: "2026-01-01", target_value: 6 });
  await admin.patch(`/api/targets/${t.id}`, { target_value: 7 });
  await admin.del(`/api/targets/${t.id}`);
  await admin.send("POST", "/api/devices/import", {
    headers: { "Content-Type": "text/csv" },
    body: "device_code,zone,facility,name\nD,Z,F,Renamed\nE,Z,F,\n",
  });
  await admin.del(`/api/devices/${d.id}`);
  const none = null;
  const zone = "F / Z";
  expect(await news()).toMatchObject([
    { action: "facility.created", subject: "F", before: none, after: facility },
    { action: "zone.created", subject: zone, before: none, after: { code: "Z" } },
    { action: "device.created", subject: "D", before: none, after: { zone_id: z.id } },
    { action: "facility.updated", before: { name: "Old name" }, after: { name: "New name" } },
    { action: "zone.updated", before: { high_power_w: null }, after: { high_power_w: 1500 } },
    { action: "device.updated", before: { name: null, offline_after_seconds: null } },
    { action: "target.created", subject: "zone Z on 2026-01-01", after: { target_value: 5 } },
    { action: "target.updated", before: { target_value: 5 }, after: { target_value: 6 } },
    { action: "target.updated", before: { target_value: 6 }, after: { target_value: 7 } },
    { action: "target.deleted", before: { target_value: 7 }, after: none },
    {
      action: "devices.imported",
      before: { D: { name: "Bay" } },
      after: { D: { name: "Renamed" }, E: { zone: "Z" } },
    },
    { action: "device.deleted", subject: "D", before: { name: "Renamed" }, after: none },
  ]);
});

test("so are acknowledgements, keys, users and sign-ins, without any secret", async () => {
  const device = await makeDevice(database.sql, { code: "hot" });
  const { secret } = await makeKey(database.sql, { name: "Gateway", scopes: ["ingest"] });
  await api(server.url, { Authorization: `Bearer ${secret}` }).post(
    "/api/telemetry",
    highPower(device.code, secondsFromNow(0)),
  );
  await news();
  const [alert] = (await admin.get(`/api/alerts?device=${device.code}`)).body;
  await admin.patch(`/api/alerts/${alert.id}/acknowledge`, { comment: "On my way" });
  await admin.patch(`/api/alerts/${alert.id}/acknowledge`, { comment: "Again" });
  const key = (await admin.post("/api/keys", { name: "K", scopes: ["read"] })).body;
  await admin.patch(`/api/keys/${key.id}`, { name: "L" });
  const rotated = (await admin.post(`/api/keys/${key.id}/rotate`, {})).body;
  await admin.del(`/api/keys/${key.id}`);
  const invited = (
    await admin.post("/api/users", { email: "new@example.com", name: "New", role: "viewer" })
  ).body;
  const token = invited.invitation_path.split("/").at(-1);
  const password = "three green lamps";
  await api(server.url, {}).post("/api/invitations/accept", { token, password });
  await signIn(server.url, { email: "new@example.com", password: "wrong" });
  await signIn(server.url, { email: "new@example.com", password });
  await admin.patch(`/api/users/${invited.id}`, { role: "operator", facility_ids: null });
  const entries = await news();
  expect(entries).toMatchObject([
    { action: "alert.acknowledged", subject: "high_power of hot", after: { comment: "On my way" } },
    { action: "key.created", subject: "K", after: { scopes: ["read"] } },
    { action: "key.updated", before: { name: "K" }, after: { name: "L" } },
    { action: "key.rotated", subject: "L" },
    { action: "key.revoked", subject: "L" },
    { action: "user.created", subject: "new@example.com", after: { role: "viewer" } },
    { action: "user.invited", subject: "new@example.com" },
    { action: "user.invitation_accepted", subject: "new@example.com" },
    { action: "sign_in.failed", subject: "new@example.com" },
    { action: "sign_in.succeeded", subject: "new@example.com" },
    { action: "user.updated", before: { role: "viewer" }, after: { role: "operator" } },
  ]);
  for (const hidden of [key.key, rotated.key, token, password, "argon2"]) {
    expect(JSON.stringify(entries)).not.toContain(hidden);
  }
});

test("it says who, of what kind, and from where", async () => {
  const { body } = await admin.get("/api/audit?search=new%40example&action=user&limit=1");
  expect(body).toMatchObject([
    {
      ...{ actor_kind: "user", actor_id: adminId, actor_name: "admin@example.com" },
      ...{ address: "127.0.0.1", action: "user.updated", at: expect.stringMatching(/Z$/) },
    },
  ]);
  const { id, secret } = await makeKey(database.sql, { name: "Script" });
  const script = api(server.url, { Authorization: `Bearer ${secret}` });
  await script.post("/api/facilities", { code: "S", name: "S", time_zone: "UTC" });
  expect((await admin.get("/api/audit?search=script")).body).toMatchObject([
    { actor_kind: "key", actor_id: id, actor_name: "Script", action: "facility.created" },
  ]);
});

describe("no one changes it", () => {
  test.each([
    "update audit_log set actor_name = 'somebody else'",
    "delete from audit_log",
    "truncate audit_log",
    "truncate audit_log cascade",
    "insert into audit_log select * from audit_log on conflict (id) do update set action = 'x'",
  ])("%s", async (statement) => {
    const before = await database.sql`select count(*) from audit_log`;
    await expect(database.sql.unsafe(statement)).rejects.toThrow("append-only");
    expect(await database.sql`select count(*) from audit_log`).toEqual(before);
  });

  test("nor is a change there without its entry, when the entry can't be written", async () => {
    await database.sql`alter table audit_log add constraint full_disk check (action <> 'zone.created') not valid`;
    const [zone] = (await admin.get("/api/zones")).body;
    const message = { facility_id: zone.facility_id, code: "unwritten", name: "x" };
    expect((await admin.post("/api/zones", message)).status).toBe(500);
    expect((await admin.get("/api/zones?search=unwritten")).body).toEqual([]);
    await database.sql`alter table audit_log drop constraint full_disk`;
  });
});

test("it comes in pages, filtered by date and noun, and as CSV that no spreadsheet runs", async () => {
  await admin.post("/api/facilities", { code: "=1+1", name: "@SUM(A1)", time_zone: "UTC" });
  const all: { id: number }[] = [];
  for (let path = "/api/audit?limit=7"; path; ) {
    const { body, headers } = await admin.get(path);
    all.push(...body);
    path = /^<(.*)>; rel="next"$/.exec(headers.get("link") ?? "")?.[1] ?? "";
  }
  const [{ n }] = await database.sql<[{ n: number }]>`select count(*)::int as n from audit_log`;
  expect(new Set(all.map(({ id }) => id)).size).toBe(n);
  expect((await admin.get("/api/audit?from=2000-01-01&to=2001-01-01")).body).toEqual([]);
  const csv = await admin.get("/api/audit?format=csv");
  expect(csv.headers.get("content-disposition")).toBe('attachment; filename="audit.csv"');
  const { data } = Papa.parse<Record<string, string>>(csv.body, {
    header: true,
    skipEmptyLines: true,
  });
  expect(data).toHaveLength(n);
  expect(data[0]).toMatchObject({ action: "facility.created", subject_name: "'=1+1" });
  const viewer = api(server.url, await asUser(database.sql, "manager"));
  expect((await viewer.get("/api/audit?format=csv")).status).toBe(403);
});
