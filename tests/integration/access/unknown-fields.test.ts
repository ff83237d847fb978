import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { API_GATES } from "@/lib/domain/access/access";
import { asUser } from "@/tests/support/accounts";
import { type Api, api } from "@/tests/support/api";
import { secondsFromNow } from "@/tests/support/clock";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { makeDevice } from "@/tests/support/factories";
import { at as moment, parkingLog, reading } from "@/tests/support/messages";
import { type RunningServer, startServer } from "@/tests/support/server";

const CRON_SECRET = "a secret of the tests";
/** Sensors send more than is stored; next-auth has a protocol of its own; nothing is there. */
const EXEMPT = /^\/api\/(telemetry|parking-log|auth|\[\[)/;
const WITH_CSV = /import$/;

/** Every call that changes something. */
const CHANGES = Object.entries(API_GATES).flatMap(([path, gates]) =>
  Object.entries(gates)
    .filter(([method, gate]) => method !== "GET" || gate === "scheduler")
    .filter(() => !EXEMPT.test(path))
    .map(([method, gate]) => ({ method, path, gate })),
);

let database: TestDatabase;
let server: RunningServer;
let admin: Api;
let scheduler: Api;
beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServer({ kind: "gateway", databaseUrl: database.url });
  admin = api(server.url, await asUser(database.sql, "admin"));
  scheduler = api(server.url, { Authorization: `Bearer ${CRON_SECRET}` });
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

const json = { "Content-Type": "application/json" };
const clientFor = (gate: string) => (gate === "scheduler" ? scheduler : admin);
const addressOf = (path: string) => path.replace("[id]", "1");

describe.each(CHANGES)("$method $path", ({ method, path, gate }) => {
  const send = (query: string, body?: string) =>
    clientFor(gate).send(method, addressOf(path) + query, { headers: json, body });

  test("refuses a query parameter that it does not know, by name", async () => {
    const answer = await send(
      "?no_such_parameter=1&facilty=A",
      method === "GET" ? undefined : "{}",
    );
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual({
      no_such_parameter: ["Unknown parameter."],
      facilty: ["Unknown parameter."],
    });
  });

  test.skipIf(method === "GET" || WITH_CSV.test(path))(
    "refuses a field that it does not know, by name",
    async () => {
      const body = '{"no_such_field": 1, "__proto__": 1, "constructor": 1}';
      const answer = await send("", body);
      expect(answer.status).toBe(400);
      expect(answer.body.errors).toMatchObject({
        no_such_field: ["Unknown field."],
        constructor: ["Unknown field."],
      });
    },
  );
});

describe("a misspelt filter", () => {
  beforeAll(async () => {
    for (const code of ["ONE", "TWO", "THREE"]) {
      await makeDevice(database.sql, { code });
      const message = reading(code, secondsFromNow(0), { current: 20 });
      expect((await api(server.url).post("/api/telemetry", message)).status).toBe(201);
    }
  });
  const open = async () =>
    (await database.sql`select 1 from alerts where acknowledged_at is null`).length;

  test.each([
    [{ matching: { devce: "ONE" } }, "matching.devce"],
    [{ matching: {}, severty: "CRITICAL" }, "severty"],
    [{ matching: { severity: "CRITICAL", Zone: "x" } }, "matching.Zone"],
  ])("acknowledges nothing: %j", async (message, field) => {
    const answer = await admin.post("/api/alerts/acknowledge", message);
    expect([answer.status, answer.body.errors]).toEqual([400, { [field]: ["Unknown field."] }]);
    expect(await open()).toBe(3);
  });

  test("in the address, where the body is meant, acknowledges nothing either", async () => {
    const answer = await admin.post("/api/alerts/acknowledge?device=ONE", { matching: {} });
    expect(answer.body.errors).toEqual({ device: ["Unknown parameter."] });
    expect(await open()).toBe(3);
  });
});

test("a field of an inner object is named with its path", async () => {
  const facility = { code: "F", name: "F", time_zone: "UTC", tz: "UTC" };
  const message = { name: "A", email: "a@example.com", password: "three green lamps", facility };
  const { body } = await api(server.url, {}).post("/api/setup", message);
  expect(body.errors).toEqual({ "facility.tz": ["Unknown field."] });
});

test("messages of devices may hold more than is stored", async () => {
  const { code } = await makeDevice(database.sql);
  const { post } = api(server.url);
  const more = { firmware: "1.2", vendor: { model: "X" } };
  expect((await post("/api/telemetry", { ...reading(code, moment(0)), ...more })).status).toBe(201);
  const log = { ...parkingLog(code, moment(0)), ...more };
  expect((await post("/api/parking-log/bulk", [log])).body.created).toBe(1);
});
