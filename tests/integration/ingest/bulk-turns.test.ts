import { setImmediate as nextTurn } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SYSTEM } from "@/lib/server/context";
import { textOf } from "@/lib/server/http/answer";
import { INGEST_ENDPOINTS } from "@/lib/server/ingest/endpoints";
import { runtime } from "@/lib/server/runtime";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { makeDevice } from "@/tests/support/factories";
import { at as moment, reading } from "@/tests/support/messages";

const ROWS = 10_000;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  process.env.DATABASE_URL = database.url;
  await runtime().registry.start();
});
afterAll(async () => {
  await runtime().close();
  await database?.drop();
});

/** Answers a body in this process, and counts the turns of the event loop until then. */
async function answerAndCount(body: Buffer) {
  const intake = INGEST_ENDPOINTS["/api/telemetry/bulk"]!.open(SYSTEM, String(body.length));
  let turns = 0;
  let waiting = true;
  const answered = intake.answer({ contentType: null, contentEncoding: null, body });
  const done = answered.finally(() => {
    waiting = false;
    intake.close();
  });
  while (waiting) {
    await nextTurn();
    turns += 1;
  }
  const { status, body: text } = await done;
  return { status, turns, body: JSON.parse(textOf(text)) };
}

test("a bulk that is checked lets everything else in between, at least once for every 250 rows", async () => {
  const { code } = await makeDevice(database.sql);
  const rows = Array.from({ length: ROWS }, (_, i) => reading(code, moment(i), { voltage: -1 }));
  const { status, turns, body } = await answerAndCount(Buffer.from(JSON.stringify(rows)));
  expect(status).toBe(200);
  expect(body.errors).toHaveLength(ROWS);
  // Without a row to store nothing but the checks takes turns.
  expect(turns).toBeGreaterThanOrEqual(ROWS / 250);
});

test("a large bulk is not parsed in one piece", async () => {
  const { code } = await makeDevice(database.sql);
  const rows = Array.from({ length: 100 }, (_, i) =>
    reading(code, moment(i), { voltage: -1, note: "x".repeat(60_000) }),
  );
  const body = Buffer.from(JSON.stringify(rows));
  const { status, turns } = await answerAndCount(body);
  expect(status).toBe(200);
  expect(turns).toBeGreaterThanOrEqual(body.length / (1024 * 1024));
});
