import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate as nextTurn } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connectIngest, type Sql } from "@/db/client";
import { Partitions } from "@/db/partitions";
import { SYSTEM } from "@/lib/server/context";
import { type Answer, textOf } from "@/lib/server/http/answer";
import { INGEST_ENDPOINTS } from "@/lib/server/ingest/endpoints";
import { GroupCommit } from "@/lib/server/ingest/group-commit";
import type { IngestRow } from "@/lib/server/ingest/ingest-row";
import { isolatingBadRows } from "@/lib/server/ingest/isolate-rows";
import { type ParkingLogRow, recordParkingLogs } from "@/lib/server/ingest/record-parking-logs";
import { recordTelemetry, type TelemetryRow } from "@/lib/server/ingest/record-telemetry";
import { type Runtime, runtime } from "@/lib/server/runtime";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { makeDevice, makeZone } from "@/tests/support/factories";
import { type ModelRow, SequentialModel } from "@/tests/support/sequential-model";
import { storedState } from "@/tests/support/stored-state";

/** Around a clock change in New York, midnight there and in Kolkata, and the turn of a month. */
const TIMES = [
  "2025-03-09T04:59:59.999Z",
  "2025-03-09T05:00:00Z",
  "2025-03-09T06:59:59Z",
  "2025-03-09T07:00:00Z",
  "2025-03-09T18:29:59Z",
  "2025-03-09T18:30:00Z",
  "2025-03-10T03:59:59Z",
  "2025-03-10T04:00:00Z",
  "2025-03-31T23:59:59Z",
  "2025-04-01T00:00:00Z",
];
const VALUES = [
  { voltage: 10, current: 1 },
  { voltage: 200, current: 10 },
  { voltage: 230, current: 10 },
  { voltage: 501, current: 1 },
  { voltage: 501, current: 101 },
];
const UNKNOWN_DEVICE = 3;

const rows = fc.record({
  device: fc.nat({ max: UNKNOWN_DEVICE }),
  time: fc.nat({ max: TIMES.length - 1 }),
  value: fc.nat({ max: VALUES.length - 1 }),
  isOccupied: fc.boolean(),
  bad: fc.nat({ max: 9 }).map((n) => n === 0),
});
const requests = fc.record({
  kind: fc.constantFrom("telemetry" as const, "parking-log" as const),
  bulk: fc.boolean(),
  rows: fc.array(rows, { minLength: 1, maxLength: 9 }),
  gap: fc.constantFrom("none", "none", "turn", "answers"),
});
const scenarios = fc.record({
  maxRowsPerFlush: fc.constantFrom(1, 2, 3, 7, 1000),
  requests: fc.array(requests, { minLength: 1, maxLength: 14 }),
});
type Request = typeof requests extends fc.Arbitrary<infer T> ? T : never;
type Scenario = typeof scenarios extends fc.Arbitrary<infer T> ? T : never;

let database: TestDatabase;
let ingest: Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  process.env.DATABASE_URL = database.url;
  ingest = connectIngest(database.url);
});
afterAll(async () => {
  await ingest?.end();
  await database?.drop();
});

/** Devices of this run alone: two share a zone, one has limits of its own. */
async function makeEstate() {
  const zones = [
    {
      ...(await makeZone(database.sql, { timeZone: "America/New_York" })),
      timeZone: "America/New_York",
    },
    { ...(await makeZone(database.sql, { timeZone: "Asia/Kolkata" })), timeZone: "Asia/Kolkata" },
  ];
  const plan = [
    { zone: zones[0]!, highPowerW: 2000, normalReadingsToResolve: 3 },
    { zone: zones[0]!, highPowerW: 100, normalReadingsToResolve: 1 },
    { zone: zones[1]!, highPowerW: 2000, normalReadingsToResolve: 2 },
  ];
  return Promise.all(
    plan.map(async ({ zone, ...limits }) => {
      const { id, code } = await makeDevice(database.sql, { zoneId: zone.id, ...limits });
      return { id, code, zone: zone.code, timeZone: zone.timeZone, ...limits };
    }),
  );
}

const deviceOf = ({ device }: IngestRow) => device.id;

/** A fresh runtime whose lanes flush few rows, and that notes in which order requests reach them. */
function freshRuntime(maxRowsPerFlush: number) {
  const lane = { maxRowsPerFlush, maxWaitingRows: 50_000, deviceOf };
  const partitions = new Partitions(ingest);
  const context = () => ({ sql: ingest, partitions, now: Date.now() });
  const current: Runtime = Object.assign(runtime(), {
    telemetry: new GroupCommit(
      isolatingBadRows(
        (batch: TelemetryRow[]) => recordTelemetry(context(), batch),
        () => {},
      ),
      lane,
    ),
    parkingLogs: new GroupCommit(
      isolatingBadRows(
        (batch: ParkingLogRow[]) => recordParkingLogs(context(), batch),
        () => {},
      ),
      lane,
    ),
  });
  const request = new AsyncLocalStorage<number>();
  const arrivals: number[] = [];
  for (const { submit, of } of [
    { submit: current.telemetry.submit, of: current.telemetry },
    { submit: current.parkingLogs.submit, of: current.parkingLogs },
  ]) {
    of.submit = function (this: never, ...submitted: [never, never, never]) {
      arrivals.push(request.getStore() ?? -1);
      return submit.call(of as never, ...submitted) as never;
    } as never;
  }
  return { current, request, arrivals };
}

function toModelRow({ kind }: Request, row: Request["rows"][number], codes: string[]): ModelRow {
  const code = codes[row.device] ?? "no such device";
  const timestamp = Date.parse(TIMES[row.time]!);
  if (kind === "telemetry") {
    const fault = row.bad ? { fault: "voltage" } : {};
    return { code, timestamp, ...VALUES[row.value]!, ...fault };
  }
  return {
    code,
    timestamp,
    isOccupied: row.isOccupied,
    ...(row.bad ? { fault: "is_occupied" } : {}),
  };
}

function toWire(row: ModelRow) {
  const common = { device_code: row.code, timestamp: new Date(row.timestamp).toISOString() };
  if ("isOccupied" in row) return { ...common, is_occupied: row.fault ? "yes" : row.isOccupied };
  return { ...common, current: row.current, voltage: row.fault ? -1 : row.voltage };
}

type Body = {
  errors?: Record<string, string[]> | { index: number; errors: Record<string, string[]> }[];
  created?: number;
  duplicates?: number;
};

/** The parts of an answer that the model foretells. */
function toModelAnswer({ status, body }: Answer) {
  const { errors = {}, created, duplicates } = JSON.parse(textOf(body)) as Body;
  if (!Array.isArray(errors)) return { status, fields: Object.keys(errors) };
  const byIndex = errors.map((error) => [error.index, Object.keys(error.errors)]);
  return { status, created, duplicates, errors: byIndex };
}

async function play({ maxRowsPerFlush, requests }: Scenario) {
  const devices = await makeEstate();
  const { current, request, arrivals } = freshRuntime(maxRowsPerFlush);
  await current.registry.start();
  const codes = devices.map(({ code }) => code);
  const sent = requests.map((r) => {
    const used = r.bulk ? r.rows : r.rows.slice(0, 1);
    // A bad row of an unknown device has two faults; the model tells one.
    const knownOrGood = used.map((row) =>
      row.device === UNKNOWN_DEVICE ? { ...row, bad: false } : row,
    );
    return { ...r, rows: knownOrGood.map((row) => toModelRow(r, row, codes)) };
  });
  const answers: Promise<unknown>[] = [];
  for (const [i, { kind, bulk, rows, gap }] of sent.entries()) {
    const wire = rows.map(toWire);
    const body = Buffer.from(JSON.stringify(bulk ? wire : wire[0]));
    const endpoint = INGEST_ENDPOINTS[`/api/${kind}${bulk ? "/bulk" : ""}`]!;
    const headers = { contentType: "application/json", contentEncoding: null };
    const intake = endpoint.open(SYSTEM, String(body.length));
    const answer = request.run(i, () => intake.answer({ ...headers, body }));
    answers.push(answer.then(toModelAnswer).finally(intake.close));
    // What is left to do of a request without waiting is done before the next one is received.
    await new Promise<void>((resolve) => process.nextTick(resolve));
    if (gap === "turn") await nextTurn();
    if (gap === "answers") await Promise.all(answers);
  }
  const answered = await Promise.all(answers);
  await current.close();
  return { devices, sent, answered, arrivals };
}

test("any interleaving of requests is answered and stored as if they had come one after the other", async () => {
  await fc.assert(
    fc.asyncProperty(scenarios, async (scenario) => {
      const { devices, sent, answered, arrivals } = await play(scenario);
      const model = new SequentialModel(devices);
      // A request that reached no lane stores nothing: its place in the order does not matter.
      const order = [...new Set([...arrivals, ...sent.keys()])];
      const expected: unknown[] = [];
      for (const i of order) expected[i] = model.request(sent[i]!.rows, sent[i]!.bulk);
      expect(answered).toEqual(expected);
      const ids = devices.map(({ id }) => id);
      expect(await storedState(database.sql, ids)).toEqual(model.state());
      const knownOnly = arrivals.filter((i) =>
        sent[i]!.rows.every((row) => row.code !== "no such device"),
      );
      expect(knownOnly).toEqual([...knownOnly].sort((a, b) => a - b));
    }),
    { numRuns: 60 },
  );
}, 120_000);

test("what finds the queue full is answered 503, is not stored, and gets in when sent again", async () => {
  const device = await makeDevice(database.sql);
  const current = runtime();
  const lane = { maxRowsPerFlush: 1, maxWaitingRows: 5, deviceOf };
  const partitions = new Partitions(ingest);
  Object.assign(current, {
    telemetry: new GroupCommit(
      (batch: TelemetryRow[]) =>
        recordTelemetry({ sql: ingest, partitions, now: Date.now() }, batch),
      lane,
    ),
  });
  const post = (minute: number) => {
    const message = { device_code: device.code, voltage: 1, current: 1 };
    const timestamp = new Date(Date.UTC(2025, 2, 3, 10, minute)).toISOString();
    return INGEST_ENDPOINTS["/api/telemetry"]!.open(SYSTEM, null).answer({
      contentType: "application/json",
      contentEncoding: null,
      body: Buffer.from(JSON.stringify({ ...message, timestamp })),
    });
  };
  const answers = await Promise.all(Array.from({ length: 40 }, (_, minute) => post(minute)));
  const refused = answers.flatMap(({ status }, minute) => (status === 503 ? [minute] : []));
  expect(refused.length).toBeGreaterThan(0);
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(40 - refused.length);
  expect(answers[refused[0]!]?.headers).toMatchObject({ "Retry-After": "1" });
  const stored = await database.sql`select from telemetry where device_id = ${device.id}`;
  expect(stored).toHaveLength(40 - refused.length);
  for (const minute of refused) expect((await post(minute)).status).toBe(201);
  await current.close();
});
