import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { type DemoServer, demoServer } from "@/tests/support/demo-server";
import { barriers, overflow } from "./support/accessibility";
import { launchBrowser } from "./support/browser";
import { everyPage, type PageVisit } from "./support/every-page";
import { visit } from "./support/visits";

vi.setConfig({ hookTimeout: 180_000, testTimeout: 180_000 });

let database: TestDatabase;
let demo: DemoServer;
let browser: Browser;
let visits: PageVisit[];

beforeAll(async () => {
  database = await createTestDatabase();
  demo = await demoServer(database.url);
  browser = await launchBrowser();
  visits = await everyPage(database.url);
});
afterAll(async () => {
  await browser?.close();
  await demo?.server.stop();
  await database?.drop();
});

describe("every page", () => {
  test.each([
    [1440, "light"],
    [1440, "dark"],
    [390, "light"],
    [390, "dark"],
  ] as const)(
    "can be used by everybody at %i px in %s colours, in its width and without an error",
    async (width, colorScheme) => {
      const found: Record<string, unknown> = {};
      for (const one of visits) {
        const { page, errors } = await visit(browser, demo, one, { width, colorScheme });
        const faults = [...(await barriers(page)), ...errors];
        const beyond = await overflow(page);
        if (faults.length > 0 || beyond > 0) found[one.name] = { faults, beyond };
        await page.context().close();
      }
      expect(found).toEqual({});
    },
  );
});

/** Pages with charts, which are fetched after the page itself, may be heavier. */
const WITH_CHARTS = ["/", "/devices/[id]", "/alerts/[id]"];
const BUDGET_KB = { plain: 200, charts: 350 };

test("no page loads more script than its budget", async () => {
  const weights: Record<string, { kB: number; "budget kB": number }> = {};
  for (const one of visits) {
    const { page } = await visit(browser, demo, one);
    const bytes = await page.evaluate(() =>
      performance
        .getEntriesByType("resource")
        .filter((entry) => new URL(entry.name).pathname.endsWith(".js"))
        .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).encodedBodySize, 0),
    );
    const budget = WITH_CHARTS.includes(one.page) ? BUDGET_KB.charts : BUDGET_KB.plain;
    weights[one.name] = { kB: Math.round(bytes / 1024), "budget kB": budget };
    await page.context().close();
  }
  console.table(weights);
  const over = Object.entries(weights).filter(([, { kB, "budget kB": budget }]) => kB > budget);
  expect(over).toEqual([]);
  expect(Math.min(...Object.values(weights).map(({ kB }) => kB))).toBeGreaterThan(50);
});
