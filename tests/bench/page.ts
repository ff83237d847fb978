import { setTimeout as delay } from "node:timers/promises";
import type { CDPSession, Page } from "playwright-core";
import postgres, { type Sql } from "postgres";
import { launchBrowser, openPage } from "@/tests/e2e/support/browser";
import { makeKey, makeSession, makeUser, TEST_KEY } from "@/tests/support/accounts";
import { startServer } from "@/tests/support/server";
import { seedDevices } from "./readings";

export type PageBenchOptions = {
  seconds: number;
  /** Devices that change in a second. */
  rate: number;
};

const DEVICES = 10_000;
const VISITS = 5;
const MEMORY_EVERY_MS = 20_000;
const WORDS = ["bench-1", "bench-99", "z", "bench-4321", ""];

/**
 * The Live page with ten thousand devices in a real browser: how soon it can be used, how long a
 * key press takes while devices change, and what memory it holds as time goes by. The baseline of
 * each is the same page while nothing changes.
 */
export async function benchPage(databaseUrl: string, options: PageBenchOptions): Promise<void> {
  const sql = postgres(databaseUrl, { max: 2, onnotice: () => {} });
  await seedDevices(sql, DEVICES);
  await makeKey(sql, { secret: TEST_KEY });
  const stops: (() => unknown)[] = [() => sql.end()];
  try {
    const server = await startServer({ kind: "gateway", databaseUrl });
    stops.push(server.stop);
    const browser = await launchBrowser();
    stops.push(() => browser.close());
    const token = await sessionToken(sql);
    const { page, errors } = await openPage(browser, { session: { url: server.url, token } });
    await send(server.url, 0, DEVICES);
    await visits(page, server.url);
    for (const view of ["table", "map"]) {
      const address = `${server.url}/live?view=${view}`;
      await page.goto(address);
      await untilComplete(page);
      const quiet = await pressKeys(page, 10_000);
      const sender = keepSending(server.url, options.rate);
      const busy = await pressKeys(page, 20_000);
      console.log(`\n${view}: longest times from a key press to the next picture, ms`);
      console.table({ "nothing changes": quiet, [`${options.rate} devices/s`]: busy });
      await sender.stop();
    }
    await watchMemory(page, server.url, options);
    if (errors.length > 0) throw new Error(errors.join("\n"));
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

const sessionToken = async (sql: Sql) => makeSession(sql, await makeUser(sql, "viewer"));

async function visits(page: Page, url: string): Promise<void> {
  const first: number[] = [];
  const complete: number[] = [];
  for (let visit = 0; visit <= VISITS; visit++) {
    await page.goto(`${url}/profile`);
    const started = performance.now();
    await page.goto(`${url}/live`, { waitUntil: "commit" });
    await page.locator("tbody th a").first().waitFor();
    const seen = performance.now() - started;
    await untilComplete(page);
    // The first visit warms up.
    if (visit === 0) continue;
    first.push(seen);
    complete.push(performance.now() - started);
  }
  console.log(`\n${DEVICES.toLocaleString("en")} devices, ${VISITS} visits, ms after navigation`);
  console.table({ "first rows": spread(first), "all devices": spread(complete) });
}

/** All devices are here once nothing more is being read. */
const untilComplete = (page: Page) =>
  page.waitForFunction((count) => {
    const summary = document.querySelector("main p strong")?.parentElement?.textContent ?? "";
    return summary.startsWith(count) && !summary.includes("Reading");
  }, DEVICES.toLocaleString("en"));

/** Types and rubs out for a while. The browser itself says how long each press took to show. */
async function pressKeys(page: Page, forMs: number) {
  await page.evaluate(() => {
    const shared = window as unknown as { presses: number[] };
    shared.presses = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (entry.name === "keydown" || entry.name === "keypress")
          shared.presses.push(entry.duration);
      }
    }).observe({
      type: "event",
      durationThreshold: 16,
      buffered: false,
    } as PerformanceObserverInit);
  });
  const search = page.getByRole("searchbox");
  const until = performance.now() + forMs;
  for (let word = 0; performance.now() < until; word++) {
    await search.selectText();
    await search.press("Delete");
    await search.pressSequentially(WORDS[word % WORDS.length] ?? "", { delay: 120 });
    await delay(300);
  }
  await search.selectText();
  await search.press("Delete");
  return spread(await page.evaluate(() => (window as unknown as { presses: number[] }).presses));
}

async function watchMemory(page: Page, url: string, { seconds, rate }: PageBenchOptions) {
  await page.goto(`${url}/live`);
  await untilComplete(page);
  const cdp = await page.context().newCDPSession(page);
  const sender = keepSending(url, rate);
  const heap: number[] = [];
  const until = performance.now() + seconds * 1000;
  while (performance.now() < until) {
    await delay(Math.min(MEMORY_EVERY_MS, seconds * 250));
    heap.push(await heapMb(cdp));
  }
  const sent = await sender.stop();
  console.log(`\nMemory of the page over ${seconds} s, ${sent.toLocaleString("en")} changes, MB`);
  console.log(heap.map((mb) => mb.toFixed(1)).join("  "));
  const third = Math.max(1, Math.floor(heap.length / 3));
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const growth = mean(heap.slice(-third)) / mean(heap.slice(0, third));
  console.log(`Last third against the first: ${(growth * 100).toFixed(0)} %`);
}

async function heapMb(cdp: CDPSession): Promise<number> {
  await cdp.send("HeapProfiler.collectGarbage");
  const { usedSize } = await cdp.send("Runtime.getHeapUsage");
  return usedSize / 1024 / 1024;
}

/** Keeps so many devices changing each second, spread over it. */
function keepSending(url: string, rate: number) {
  const parts = 5;
  let next = 0;
  let stopped = false;
  const run = (async () => {
    while (!stopped) {
      const due = delay(1_000 / parts);
      await send(url, next, Math.round(rate / parts));
      next += Math.round(rate / parts);
      await due;
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      await run;
      return next;
    },
  };
}

async function send(url: string, from: number, count: number): Promise<void> {
  const timestamp = new Date().toISOString();
  const device_code = (n: number) => `BENCH-${((from + n) % DEVICES) + 1}`;
  const headers = { Authorization: `Bearer ${TEST_KEY}`, "Content-Type": "application/json" };
  const readings = Array.from({ length: count }, (_, n) => ({
    ...{ device_code: device_code(n), timestamp },
    ...{ voltage: 220 + ((from + n) % 200) / 10, current: ((from + n) % 80) / 10 },
  }));
  const logs = readings
    .filter((_, n) => n % 5 === 0)
    .map(({ device_code }, n) => ({ device_code, timestamp, is_occupied: (from + n) % 2 === 0 }));
  for (const [path, rows] of [
    ["telemetry", readings],
    ["parking-log", logs],
  ] as const) {
    const body = JSON.stringify(rows);
    const response = await fetch(`${url}/api/${path}/bulk`, { method: "POST", headers, body });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    await response.arrayBuffer();
  }
}

function spread(values: number[]) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
  return { count: sorted.length, median: at(0.5), p95: at(0.95), longest: at(1) };
}
