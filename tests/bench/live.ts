import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { makeKey, TEST_KEY } from "@/tests/support/accounts";
import { freePort, startServer } from "@/tests/support/server";
import { costOf } from "./process-cost";
import { seedDevices } from "./readings";
import { StreamReader } from "./stream-reader";

export type LiveBenchOptions = { seconds: number; clients: number; devices: number };

type Server = { name: string; url: string; pid: number; path: string };
type Result = {
  expected: number;
  heard: number;
  ended: number;
  latencies: number[];
  cpu: number | null;
  memoryMb: number | null;
  perClientKb: number | null;
};

const headers = { Authorization: `Bearer ${TEST_KEY}`, "Content-Type": "application/json" };
const BASE_VOLTAGE = 200;
/** Longer than an update needs to reach everybody, however busy the machine. */
const SETTLE_MS = 3_000;

/**
 * Streams to so many clients of one server process, all of which hear updates of some devices every
 * second; beside it a bare server that sends the same bytes. Counts every update at every client.
 */
export async function benchLive(databaseUrl: string, options: LiveBenchOptions): Promise<void> {
  const sql = postgres(databaseUrl, { max: 2, onnotice: () => {} });
  await seedDevices(sql);
  await makeKey(sql, { secret: TEST_KEY });
  const stops: (() => unknown)[] = [() => sql.end()];
  try {
    const product = await startServer({ kind: "gateway", databaseUrl });
    stops.push(product.stop);
    const bare = await startBareStreams();
    stops.push(bare.stop);
    const { clients, devices, seconds } = options;
    console.log(`\n${clients} streams, ${devices} devices changing every second, ${seconds} s`);
    const ours = await measure({ name: "live stream", path: "/api/live", ...product }, options);
    const theirs = await measure({ name: "bare node:http", path: "/", ...bare }, options);
    console.table({ "live stream": row(ours), "bare node:http": row(theirs) });
    const lost = ours.expected - ours.heard;
    console.log(`${lost} of ${ours.expected.toLocaleString("en")} updates lost.`);
    if (ours.cpu !== null && theirs.cpu) {
      console.log(`Processor time: ${(ours.cpu / theirs.cpu).toFixed(1)} × the bare server's.`);
    }
    if (lost > 0 || ours.ended > 0) process.exitCode = 1;
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

async function measure(server: Server, options: LiveBenchOptions): Promise<Result> {
  const { clients, devices, seconds } = options;
  const codes = Array.from({ length: devices }, (_, i) => `BENCH-${i + 1}`);
  const before = costOf(server.pid);
  const sentAt: number[] = [];
  const latencies: number[] = [];
  let heard = 0;
  const readers = Array.from({ length: clients }, () => {
    const seen = new Set<string>();
    return new StreamReader(server.url + server.path, headers, (code, voltage) => {
      const at = sentAt[voltage - BASE_VOLTAGE];
      const key = `${code} ${voltage}`;
      if (at === undefined || seen.has(key)) return;
      seen.add(key);
      heard += 1;
      if (code === codes[0]) latencies.push(performance.now() - at);
    });
  });
  await Promise.all(readers.map(({ open }) => open));
  const open = costOf(server.pid);
  for (let update = 0; update < seconds; update++) {
    const due = delay(1_000);
    await post(server, codes, BASE_VOLTAGE + update);
    sentAt[update] = performance.now();
    await due;
  }
  await delay(SETTLE_MS);
  const after = costOf(server.pid);
  const ended = readers.filter((reader) => reader.ended).length;
  for (const reader of readers) reader.close();
  return {
    expected: clients * devices * seconds,
    ...{ heard, ended, latencies },
    cpu: after && open ? (after.cpuSeconds - open.cpuSeconds) / (seconds + SETTLE_MS / 1000) : null,
    memoryMb: after?.memoryMb ?? null,
    perClientKb: open && before ? ((open.memoryMb - before.memoryMb) * 1024) / clients : null,
  };
}

async function post(server: Server, codes: string[], voltage: number): Promise<void> {
  const timestamp = new Date().toISOString();
  const rows = codes.map((code) => ({ device_code: code, timestamp, voltage, current: 1 }));
  const told = codes.map((code) => ({ code, voltage }));
  const isBare = server.path === "/";
  const response = await fetch(server.url + (isBare ? "/" : "/api/telemetry/bulk"), {
    method: "POST",
    headers,
    // As long as what the product sends of a device.
    body: JSON.stringify(isBare ? told.map((one) => ({ ...one, more: "x".repeat(500) })) : rows),
  });
  if (response.status !== 201) throw new Error(`${server.name}: ${response.status}`);
  await response.arrayBuffer();
}

function row({ heard, ended, latencies, cpu, memoryMb, perClientKb }: Result) {
  const sorted = latencies.sort((a, b) => a - b);
  const percentile = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(0);
  return {
    heard: heard.toLocaleString("en"),
    "ended early": ended,
    "p50 ms": percentile(0.5),
    "p99 ms": percentile(0.99),
    "cores used": cpu?.toFixed(2) ?? "unknown",
    "memory MB": memoryMb?.toFixed(0) ?? "unknown",
    "kB a client": perClientKb?.toFixed(0) ?? "unknown",
  };
}

async function startBareStreams() {
  const port = await freePort();
  const child = spawn(process.execPath, ["--import", "tsx", "tests/bench/bare-stream-server.ts"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, PORT: String(port) },
  });
  await once(child.stdout, "data");
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    stop: () => void child.kill("SIGKILL"),
  };
}
