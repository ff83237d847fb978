import { spawn } from "node:child_process";
import postgres, { type Sql } from "postgres";
import { makeKey, TEST_KEY } from "@/tests/support/accounts";
import { startServer } from "@/tests/support/server";
import { addHistory, makeDevices } from "./history";

export type ReadsBenchOptions = {
  /** Readings at first; then ten times as many. */
  rows: number;
  devices: number;
  /** Times that each read is measured. */
  times: number;
  /** Another checkout with a build: its server is measured on the same database, in turns. */
  beside?: string;
};

type Server = { name: string; url: string };
type Read = { name: string; path: string; times: number };
type Measured = { p50: number; p99: number; bytes: number };

const WARM_UP = 5;
const HEADERS = { Authorization: `Bearer ${TEST_KEY}` };
const THIS = "this checkout";

/**
 * Measures what pages and scripts read, over HTTP, one request at a time: on a database with so
 * many readings, and again with ten times the history. What is filled stays there: with DATABASE_URL
 * another run goes on with it.
 */
export async function benchReads(databaseUrl: string, options: ReadsBenchOptions): Promise<void> {
  const sql = postgres(databaseUrl, { max: 2, onnotice: () => {} });
  const stops: (() => unknown)[] = [() => sql.end()];
  try {
    const [made] = await sql<{ yes: boolean }[]>`select exists (select from devices) as yes`;
    if (!made?.yes) {
      await makeDevices(sql, options.devices);
      await makeKey(sql, { secret: TEST_KEY });
    }
    const servers: Server[] = [];
    for (const [name, root] of [
      [THIS, undefined],
      ...(options.beside ? [[options.beside, options.beside] as const] : []),
    ] as const) {
      const server = await startServer({ kind: "gateway", databaseUrl, root });
      stops.push(server.stop);
      servers.push({ name, url: server.url });
    }
    for (const rows of [options.rows, options.rows * 10]) {
      const [there] = await sql<{ readings: number }[]>`
        select count(*)::int as readings from telemetry`;
      if (there!.readings > rows * 2) continue;
      if (there!.readings < rows) await addHistory(sql, databaseUrl, rows);
      await report(sql, databaseUrl, servers, options);
    }
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

async function report(
  sql: Sql,
  databaseUrl: string,
  servers: Server[],
  { times }: ReadsBenchOptions,
): Promise<void> {
  const [counts] = await sql<{ readings: number; events: number; from: string; to: string }[]>`
    select (select count(*)::int from telemetry) as readings, count(*)::int as events,
           min("timestamp")::date::text as from, max("timestamp")::date::text as to
    from parking_logs`;
  const { readings, events, from, to } = counts!;
  const today = new Date().toISOString().slice(0, 10);
  const reads: Read[] = [
    { name: "dashboard/summary", path: `/api/dashboard/summary?date=${today}`, times },
    { name: "devices/status, 100", path: "/api/devices/status?limit=100", times },
    { name: "devices/status, all", path: "/api/devices/status", times },
  ];
  const usage = `/api/reports/usage?date_from=${from}&date_to=${to}&format=csv`;
  console.log(`\n${readings.toLocaleString("en")} readings, ${events.toLocaleString("en")} events`);
  const table: Record<string, Record<string, string | number>> = {};
  for (const read of reads) {
    for (const [name, measured] of await inTurns(servers, read)) {
      table[`${read.name} · ${name}`] = {
        "p50 ms": measured.p50.toFixed(1),
        "p99 ms": measured.p99.toFixed(1),
        kB: Math.round(measured.bytes / 1024),
      };
    }
  }
  console.table(table);
  await exports(sql, databaseUrl, servers, { usage, events });
}

/** Each server's turn is short, so that what else the machine does meets all of them. */
async function inTurns(servers: Server[], { path, times }: Read): Promise<Map<string, Measured>> {
  const TURN = 10;
  const latencies = new Map(servers.map(({ name }) => [name, [] as number[]]));
  let bytes = 0;
  for (const { url } of servers) for (let i = 0; i < WARM_UP; i++) await take(url + path);
  for (let done = 0; done < times; done += TURN) {
    for (const { name, url } of servers) {
      for (let i = 0; i < TURN; i++) {
        const started = performance.now();
        bytes = await take(url + path);
        latencies.get(name)!.push(performance.now() - started);
      }
    }
  }
  return new Map(
    [...latencies].map(([name, all]) => {
      const sorted = all.sort((a, b) => a - b);
      const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
      return [name, { p50: at(0.5), p99: at(0.99), bytes }];
    }),
  );
}

/** @returns the bytes of the answer */
async function take(url: string): Promise<number> {
  const response = await fetch(url, { headers: HEADERS });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  let bytes = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
  }
  return bytes;
}

type Exports = { usage: string; events: number };

/** The report of all events as CSV, against what psql takes to copy the same rows to nowhere. */
async function exports(
  sql: Sql,
  databaseUrl: string,
  servers: Server[],
  { usage, events }: Exports,
) {
  const ROUNDS = 3;
  const best = new Map<string, number>();
  const note = (name: string, ms: number) => best.set(name, Math.min(ms, best.get(name) ?? ms));
  for (let round = 0; round < ROUNDS; round++) {
    note("psql \\copy", await timed(() => copyWithPsql(sql, databaseUrl)));
    for (const { name, url } of servers) {
      note(`reports/usage · ${name}`, await timed(() => take(url + usage)));
    }
  }
  const copy = best.get("psql \\copy")!;
  console.table(
    Object.fromEntries(
      [...best].map(([name, ms]) => [
        name,
        {
          "best s": (ms / 1000).toFixed(2),
          "events/s": Math.round(events / (ms / 1000)).toLocaleString("en"),
          "of psql": `${((copy / ms) * 100).toFixed(0)} %`,
        },
      ]),
    ),
  );
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

const JOIN = `select (l."timestamp" at time zone f.time_zone)::date as date, d.code as device_code,
  z.code as zone_code, f.code as facility, l.is_occupied, l."timestamp"
  from parking_logs l join devices d on d.id = l.device_id join zones z on z.id = d.zone_id
  join facilities f on f.id = z.facility_id order by l."timestamp", l.device_id, l.is_occupied`;

/** Copies the rows to nowhere; without psql its COPY is read by the driver. */
async function copyWithPsql(sql: Sql, databaseUrl: string): Promise<void> {
  const command = `\\copy (${JOIN.replace(/\s+/g, " ")}) to '/dev/null' csv header`;
  const child = spawn("psql", ["-qX", databaseUrl, "-c", command], { stdio: "inherit" });
  const ended = await new Promise<number | null | "missing">((resolve, reject) => {
    child.once("error", (error) =>
      "code" in error && error.code === "ENOENT" ? resolve("missing") : reject(error),
    );
    child.once("exit", resolve);
  });
  if (ended === 0) return;
  if (ended !== "missing") throw new Error(`psql ended with ${ended}`);
  const copied = await sql.unsafe(`copy (${JOIN}) to stdout csv header`).readable();
  for await (const _ of copied);
}
