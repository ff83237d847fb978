import { spawn } from "node:child_process";
import { once } from "node:events";
import postgres, { type Sql } from "postgres";
import { monthOf, Partitions } from "@/db/partitions";
import { arrayLiteral } from "@/lib/server/sql";
import { makeKey, TEST_KEY } from "@/tests/support/accounts";
import { freePort, startServer } from "@/tests/support/server";
import { type LoadResult, loadWithPosts } from "./load";
import { Readings, seedDevices } from "./readings";

export type IngestBenchOptions = {
  /** Seconds of each measurement. */
  seconds: number;
  rounds: number;
  connections: number;
};

const GATEWAY = "gateway";
const UNCHECKED = "the same without keys";
const BULK_ROWS = 500;
const BULK_CONNECTIONS = 4;
const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;
const whole = (value: number) => Math.round(value).toLocaleString("en");
const percent = (share: number) => `${(share * 100).toFixed(0)} %`;

/**
 * Measures ingestion against baselines of the same run: single posts against a server that stores
 * nothing, bulk rows against plain inserts of the same rows. Prints medians of all rounds.
 */
export async function benchIngest(databaseUrl: string, options: IngestBenchOptions): Promise<void> {
  const sql = postgres(databaseUrl, { max: 2, onnotice: () => {} });
  await seedDevices(sql);
  await makeKey(sql, { secret: TEST_KEY });
  const readings = new Readings();
  const stops: (() => unknown)[] = [() => sql.end()];
  try {
    const gateway = await startServer({ kind: "gateway", databaseUrl });
    stops.push(gateway.stop);
    const next = await startServer({ kind: "next", databaseUrl });
    stops.push(next.stop);
    const unchecked = await startServer({
      ...{ kind: "gateway", databaseUrl, imports: ["./tests/bench/without-keys.mjs"] },
    });
    stops.push(unchecked.stop);
    const bare = await startBareServer();
    stops.push(bare.stop);
    const servers = {
      [GATEWAY]: gateway.url,
      [UNCHECKED]: unchecked.url,
      "route handler": next.url,
      "bare node:http": bare.url,
    };
    await singles(servers, readings, options);
    await bulks(sql, gateway.url, readings, options);
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

async function singles(
  servers: Record<string, string>,
  readings: Readings,
  options: IngestBenchOptions,
) {
  const results = new Map<string, LoadResult[]>(Object.keys(servers).map((name) => [name, []]));
  for (let round = 0; round <= options.rounds; round++) {
    for (const [name, url] of Object.entries(servers)) {
      const result = await post(url, readings, options);
      // The first round warms up: compiled code, prepared statements, partitions.
      if (round > 0) results.get(name)?.push(result);
    }
  }
  console.log(
    `\nSingle posts, ${options.connections} connections, median of ${options.rounds} × ${options.seconds} s`,
  );
  const rate = (name: string) => median(results.get(name)!.map((r) => r.perSecond));
  const bare = rate("bare node:http");
  console.table(
    Object.fromEntries(
      [...results].map(([name, runs]) => [
        name,
        {
          "requests/s": whole(rate(name)),
          "of bare": percent(rate(name) / bare),
          "p50 ms": median(runs.map((r) => r.p50)).toFixed(1),
          "p99 ms": median(runs.map((r) => r.p99)).toFixed(1),
          "not 201": runs.reduce((sum, r) => sum + r.other, 0),
        },
      ]),
    ),
  );
  const share = rate(GATEWAY) / rate(UNCHECKED);
  console.log(`With keys checked: ${percent(share)} of the speed without.`);
}

const post = (url: string, readings: Readings, { connections, seconds }: IngestBenchOptions) =>
  loadWithPosts({
    ...{ url, path: "/api/telemetry", key: TEST_KEY, connections, seconds },
    body: () => readings.json(),
  });

async function bulks(sql: Sql, url: string, readings: Readings, options: IngestBenchOptions) {
  const viaGateway: number[] = [];
  const plain: number[] = [];
  for (let round = 0; round <= options.rounds; round++) {
    const bulk = await loadWithPosts({
      url,
      path: "/api/telemetry/bulk",
      key: TEST_KEY,
      connections: BULK_CONNECTIONS,
      seconds: options.seconds,
      body: () => `[${Array.from({ length: BULK_ROWS }, () => readings.json()).join(",")}]`,
    });
    const inserted = await plainInserts(sql, readings, options.seconds);
    if (round === 0) continue;
    viaGateway.push(bulk.perSecond * BULK_ROWS);
    plain.push(inserted);
  }
  console.log(`\nBulks of ${BULK_ROWS} rows, median of ${options.rounds} × ${options.seconds} s`);
  console.table({
    [`gateway, ${BULK_CONNECTIONS} connections`]: {
      "rows/s": whole(median(viaGateway)),
      "of plain": percent(median(viaGateway) / median(plain)),
    },
    "plain unnest inserts, 1 connection": { "rows/s": whole(median(plain)), "of plain": "100 %" },
  });
}

/** Rows a second of plain inserts: no state, no rollup, no alerts, no HTTP. */
async function plainInserts(sql: Sql, readings: Readings, seconds: number): Promise<number> {
  await new Partitions(sql).ensure("telemetry", [monthOf(readings.take().timestampMs)]);
  const started = performance.now();
  let rows = 0;
  while (performance.now() - started < seconds * 1000) {
    const batch = Array.from({ length: BULK_ROWS }, () => readings.take());
    const column = (name: keyof (typeof batch)[number]) => arrayLiteral(batch.map((r) => r[name]));
    await sql`
      insert into telemetry (device_id, "timestamp", voltage, current, power_factor)
      select d, to_timestamp(t / 1000), v, c, p
      from unnest(${column("device")}::int[], ${column("timestampMs")}::float8[],
                  ${column("voltage")}::float8[], ${column("current")}::float8[],
                  ${column("powerFactor")}::float8[]) as i(d, t, v, c, p)
      on conflict do nothing`;
    rows += BULK_ROWS;
  }
  return rows / ((performance.now() - started) / 1000);
}

async function startBareServer() {
  const port = await freePort();
  const child = spawn(process.execPath, ["--import", "tsx", "tests/bench/bare-server.ts"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, PORT: String(port) },
  });
  await once(child.stdout, "data");
  return { url: `http://127.0.0.1:${port}`, stop: () => void child.kill("SIGKILL") };
}
