import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { makeKey, TEST_KEY } from "@/tests/support/accounts";
import { until } from "@/tests/support/clock";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { type RunningServer, startServer } from "@/tests/support/server";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const ROWS = 3_000;
/** Servers start again on a machine that may be busy with other tests. */
const DEADLINE_MS = 50_000;

vi.setConfig({ testTimeout: 3 * DEADLINE_MS });

let folder: string;
let database: TestDatabase;
let server: RunningServer;
const children: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "replay-"));
  await writeFiles();
});

beforeEach(async () => {
  database = await createTestDatabase();
  server = await startServer({ kind: "gateway", databaseUrl: database.url });
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await server?.stop();
  await database?.drop();
  await rm(file("rejects.csv"), { force: true });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const file = (name: string) => path.join(folder, name);
const local = (i: number) =>
  new Date(Date.UTC(2026, 0, 1) + i * 600_000).toISOString().replace("Z", "+08:00");

/** Events of 20 listed bays every 10 min; telemetry of two devices that no list knows. */
async function writeFiles() {
  const devices = Array.from({ length: 20 }, (_, i) => `B-${i},"Deck ${i % 2}, north",Harbour`);
  await writeFile(file("devices.csv"), `device_code,zone,facility\n${devices.join("\n")}\n`);
  const events = Array.from({ length: ROWS }, (_, i) => `B-${i % 20},${i % 3 > 0},${local(i)}`);
  const header = "device_code,is_occupied,timestamp\n";
  await writeFile(file("events.csv.gz"), gzipSync(`${header}${events.join("\n")}\n`));
  const readings = Array.from(
    { length: 200 },
    (_, i) => `M-${i % 2},2026-01-01T00:${String(i % 60).padStart(2, "0")}:00Z,${230 - i},1.5,x`,
  );
  const telemetry = ["M-0,2026-01-02T00:00:00Z,-1,1,x", "M-1,2026-01-02T00:00:00Z,none,1,x"];
  await writeFile(
    file("telemetry.csv"),
    `device_code,timestamp,voltage,current,session\n${[...readings, ...telemetry].join("\n")}\n`,
  );
}

function replay(...args: string[]) {
  const files = ["--devices", file("devices.csv"), "--events", file("events.csv.gz")];
  const child = spawn(
    process.execPath,
    [
      ...["--import", "tsx", "scripts/replay.ts", ...files],
      ...["--rejects", file("rejects.csv"), "--url", server.url, ...args],
    ],
    {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, SMART_PARKING_KEY: TEST_KEY },
    },
  );
  children.push(child);
  let output = "";
  const keep = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const ended = once(child, "close").then(([code]) => ({ code: code as number, output }));
  return { child, ended };
}

/** The counts of a line of the closing table. */
function countsOf(output: string, name: string) {
  const line = output.split("\n").find((text) => text.startsWith(`${name} `));
  const [rows, sent, created, duplicates, refused] = (line?.slice(name.length) ?? "")
    .replace("(not to its end)", "")
    .trim()
    .split(/\s+/)
    .map(Number);
  return { rows, sent, created, duplicates, refused };
}

const storedEvents = async () => {
  const [row] = await database.sql`select count(*)::int as n from parking_logs`;
  return row?.n as number;
};

test("every row is created, duplicate or refused with its reason; a second run creates nothing", async () => {
  const first = await replay("--telemetry", file("telemetry.csv")).ended;
  expect(first).toMatchObject({ code: 0 });
  expect(countsOf(first.output, "events.csv.gz")).toEqual({
    ...{ rows: ROWS, sent: ROWS, created: ROWS },
    ...{ duplicates: 0, refused: 0 },
  });
  // Of each device 30 minutes differ; the rest of the 200 readings repeat them.
  expect(countsOf(first.output, "telemetry.csv")).toEqual({
    ...{ rows: 202, sent: 202, created: 60 },
    ...{ duplicates: 140, refused: 2 },
  });
  expect(first.output).toContain("Created 2 facilities, 3 zones and 22 devices");
  expect(first.output).toContain("1  voltage: Must be a finite number.");
  expect(readFileSync(file("rejects.csv"), "utf8").split("\n")).toHaveLength(4);
  const zones = await database.sql`select code, time_zone from facilities order by code`;
  expect(zones.map((row) => ({ ...row }))).toEqual([
    { code: "Harbour", time_zone: "Etc/GMT-8" },
    { code: "UNASSIGNED", time_zone: "Etc/GMT-8" },
  ]);
  const second = await replay("--telemetry", file("telemetry.csv")).ended;
  expect(second).toMatchObject({ code: 0 });
  expect(second.output).toContain("Created 0 facilities, 0 zones and 0 devices");
  expect(countsOf(second.output, "total")).toMatchObject({ created: 0, duplicates: 3200 });
});

test("a server that is killed on the way and comes back loses and doubles no row", async () => {
  const { ended } = replay("--batch", "10");
  for (const share of [0.2, 0.5]) {
    await until(
      "part of the rows is stored",
      async () => (await storedEvents()) > ROWS * share,
      DEADLINE_MS,
    );
    server.kill();
    server = await startServer({
      kind: "gateway",
      databaseUrl: database.url,
      port: server.port,
    });
  }
  const { code, output } = await ended;
  expect(output).toContain("can't be reached");
  expect(code).toBe(0);
  const { rows, created, duplicates, refused } = countsOf(output, "events.csv.gz");
  expect({ rows, settled: created! + duplicates!, refused }).toEqual({
    ...{ rows: ROWS, settled: ROWS, refused: 0 },
  });
  expect(await storedEvents()).toBe(ROWS);
  const [days] = await database.sql`select sum(event_count)::int as n from parking_days`;
  expect(days?.n).toBe(ROWS);
  expect(existsSync(file("rejects.csv"))).toBe(false);
});

test("Ctrl-C ends with what is stored counted, and the next run brings the rest", async () => {
  const { child, ended } = replay("--batch", "5");
  await until("some rows are stored", async () => (await storedEvents()) > 100, DEADLINE_MS);
  child.kill("SIGINT");
  const { code, output } = await ended;
  expect(code).toBe(130);
  const { rows, created } = countsOf(output, "events.csv.gz");
  expect(rows).toBeLessThan(ROWS);
  expect(await storedEvents()).toBe(created);
  const next = await replay().ended;
  expect(countsOf(next.output, "events.csv.gz")).toMatchObject({
    ...{ rows: ROWS, created: ROWS - created!, duplicates: created },
  });
});

test("a replay needs a key: without a valid one it stops, says why and stores nothing", async () => {
  const refused = await replay("--key", "sp_nobody's").ended;
  expect(refused.code).toBe(1);
  expect(refused.output).toContain("401 Unauthorized · This key is not valid or has been revoked.");
  expect(await storedEvents()).toBe(0);
  const { secret } = await makeKey(database.sql, { scopes: ["ingest", "read", "manage"] });
  expect(await replay("--key", secret).ended).toMatchObject({ code: 0 });
  expect(await storedEvents()).toBe(ROWS);
});
