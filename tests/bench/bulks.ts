import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import postgres, { type Sql } from "postgres";
import { makeKey, makeSession, makeUser, sessionCookie, TEST_KEY } from "@/tests/support/accounts";
import { freePort, type RunningServer, startServer } from "@/tests/support/server";
import { BULK_ROWS, type BulkLoad, type BulkResult } from "./bulk-load";
import { DEVICE_COUNT, Readings, seedDevices } from "./readings";

export type BulksBenchOptions = {
  /** Seconds of each load. */
  seconds: number;
};

type Load = Pick<BulkLoad, "rows" | "connections">;
type Delays = { p50: number; p99: number; max: number };
type Measured = { page: number[]; single: number[]; delays: Delays; bulks: BulkResult | null };

const PAGE = "/alerts";
const OTHER_DEVICES = 300;
const ALERTS = 500;
const SINGLE_EVERY_MS = 50;
/** Until a load is at its height. */
const RAMP_MS = 1_000;

const LOADS: Record<string, Load | null> = {
  idle: null,
  "4 connections, bad rows": { rows: "bad", connections: 4 },
  "1 connection, good rows": { rows: "good", connections: 1 },
  "16 connections, good rows": { rows: "good", connections: 16 },
};

/**
 * What bulks of 10,000 rows do to everybody else: how long a page and a single message take while
 * senders repeat them without ever waiting, against a server that has nothing else to do.
 */
export async function benchBulks(databaseUrl: string, { seconds }: BulksBenchOptions) {
  const sql = postgres(databaseUrl, { max: 2, onnotice: () => {} });
  const stops: (() => unknown)[] = [() => sql.end()];
  try {
    await seedDevices(sql, DEVICE_COUNT + OTHER_DEVICES);
    await seedAlerts(sql);
    await makeKey(sql, { secret: TEST_KEY });
    const delaysPort = await freePort();
    const server = await startServer({
      ...{ kind: "gateway", databaseUrl, imports: ["./tests/bench/loop-delay.mjs"] },
      env: { LOOP_DELAY_PORT: String(delaysPort) },
    });
    stops.push(server.stop);
    const others = await otherUsers(sql, server, `http://127.0.0.1:${delaysPort}`);
    await others.measure(RAMP_MS, null);
    const results = new Map<string, Measured>();
    for (const [name, load] of Object.entries(LOADS)) {
      const measured = await others.measure(seconds * 1000, load);
      console.log(`${name}: ${measured.page.length} pages, ${measured.single.length} messages`);
      results.set(name, measured);
    }
    report(results, seconds);
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

/** What the page shows: four weeks of alerts of devices that no bulk names. */
async function seedAlerts(sql: Sql): Promise<void> {
  await sql`
    insert into alerts (device_id, alert_type, severity, message, created_at, last_triggered_at, resolved_at)
    select d.id, 'offline', 'WARNING', 'No telemetry for 120 s.', raised, raised,
           case when n % 4 > 0 then raised + interval '1 hour' end
    from generate_series(1, ${ALERTS}::int) n
    join devices d on d.code = 'BENCH-' || (${DEVICE_COUNT + 2}::int + n % ${OTHER_DEVICES - 2}::int)
    cross join lateral (select now() - interval '28 days' * n / ${ALERTS}::int as raised) t
    on conflict do nothing`;
}

/** A person who reads a page, and a device with a key of its own. */
async function otherUsers(sql: Sql, { url }: RunningServer, delaysUrl: string) {
  const user = await makeUser(sql, "viewer");
  const Cookie = sessionCookie(await makeSession(sql, user));
  const { secret } = await makeKey(sql);
  const readings = new Readings();
  let n = 0;
  let fromMs = Date.now() - 86_400_000;

  const openPage = async () => {
    const response = await fetch(url + PAGE, { headers: { Cookie }, redirect: "error" });
    await response.text();
    if (!response.ok) throw new Error(`${PAGE}: ${response.status}`);
  };
  const sendReading = async () => {
    const { timestampMs, voltage, current } = readings.take();
    // Of a device that no bulk names: its readings wait for no one's.
    const device_code = `BENCH-${DEVICE_COUNT + 1}`;
    const timestamp = new Date(timestampMs + n++).toISOString();
    const response = await fetch(`${url}/api/telemetry`, {
      method: "POST",
      headers: { Authorization: `Bearer ${secret}`, "Content-Type": "application/json" },
      body: JSON.stringify({ device_code, timestamp, voltage, current }),
    });
    await response.text();
    if (response.status !== 201) throw new Error(`a single reading: ${response.status}`);
  };

  return {
    async measure(ms: number, load: Load | null): Promise<Measured> {
      const sending = load
        ? startSending({ ...load, url, seconds: (ms + 2 * RAMP_MS) / 1000, fromMs })
        : null;
      fromMs += 3_600_000;
      await sending?.begun;
      await delay(RAMP_MS);
      await fetch(delaysUrl);
      const [page, single] = await Promise.all([
        timesOf(openPage, ms),
        timesOf(sendReading, ms, SINGLE_EVERY_MS),
      ]);
      const delays = (await (await fetch(delaysUrl)).json()) as Delays;
      return { page, single, delays, bulks: (await sending?.result) ?? null };
    },
  };
}

/** Milliseconds that each call took, one after the other for so long. */
async function timesOf(call: () => Promise<void>, forMs: number, pauseMs = 0): Promise<number[]> {
  const times: number[] = [];
  const until = performance.now() + forMs;
  while (performance.now() < until) {
    const started = performance.now();
    await call();
    times.push(performance.now() - started);
    if (pauseMs > 0) await delay(pauseMs);
  }
  return times.sort((a, b) => a - b);
}

/** In a process of its own: what makes bulks must not hold up what measures pages. */
function startSending(load: BulkLoad): { begun: Promise<unknown>; result: Promise<BulkResult> } {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "tests/bench/bulk-sender.ts", JSON.stringify(load)],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const lines = createInterface(child.stdout);
  const begun = once(lines, "line");
  const result = begun.then(() => once(lines, "line")).then(([line]) => JSON.parse(line));
  return { begun, result };
}

function report(results: Map<string, Measured>, seconds: number): void {
  const at = (times: number[], share: number) => times[Math.floor(times.length * share)] ?? 0;
  const idle = at(results.get("idle")!.page, 0.5);
  const whole = (value: number) => Math.round(value).toLocaleString("en");
  console.log(`\nBulks of ${whole(BULK_ROWS)} rows, ${seconds} s each; times in ms`);
  console.table(
    Object.fromEntries(
      [...results].map(([name, { page, single, delays, bulks }]) => [
        name,
        {
          "page p50": whole(at(page, 0.5)),
          "page p99": whole(at(page, 0.99)),
          "× idle p50": (at(page, 0.5) / idle).toFixed(1),
          "single p50": whole(at(single, 0.5)),
          "single p99": whole(at(single, 0.99)),
          "loop held p99": delays.p99.toFixed(1),
          "loop held max": whole(delays.max),
          "rows stored/s": bulks ? whole(bulks.created / bulks.seconds) : "",
          "rows refused/s": bulks ? whole(bulks.listed / bulks.seconds) : "",
          "bulks 503": bulks ? `${bulks.refused} of ${bulks.answers}` : "",
          "other answers": bulks ? bulks.other : "",
        },
      ]),
    ),
  );
}
