import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { type RunningServer, startServer } from "@/tests/support/server";
import { launchBrowser, openPage, type PageOptions, type WatchedPage } from "./browser";
import { type CuttableDatabase, cuttableDatabase } from "./cuttable-database";
import { type Estate, makeEstate } from "./dashboard-estate";

/** What the tests of a file share; the fields are set once its tests run. */
export type DashboardUnderTest = {
  url: string;
  relay: CuttableDatabase;
  estate: Estate;
  /** Pages of the test that runs, with what their consoles called errors. */
  watched: WatchedPage[];
  /** Opens the dashboard and waits until it takes clicks. */
  open(query?: string, options?: PageOptions, url?: string): Promise<Page>;
};

/** A server with a known estate, and a browser; a test fails for any error in a console. */
export function dashboardUnderTest(): DashboardUnderTest {
  let database: TestDatabase;
  let server: RunningServer;
  let browser: Browser;
  const watched: WatchedPage[] = [];
  const open: DashboardUnderTest["open"] = async (query = "", options = {}, url = shared.url) => {
    const opened = await openPage(browser, options);
    watched.push(opened);
    await opened.page.goto(`${url}/${query}`, { waitUntil: "load" });
    await untilInteractive(opened.page);
    return opened.page;
  };
  const shared = { watched, open } as DashboardUnderTest;

  beforeAll(async () => {
    database = await createTestDatabase();
    shared.relay = await cuttableDatabase(database.url);
    server = await startServer({ kind: "gateway", databaseUrl: shared.relay.url });
    shared.url = server.url;
    browser = await launchBrowser();
    shared.estate = await makeEstate(database.sql, server.url);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await shared.relay?.close();
    await database?.drop();
  });

  afterEach(async () => {
    const opened = watched.splice(0);
    await Promise.all(opened.map(({ page }) => page.close()));
    expect(opened.flatMap(({ errors }) => errors)).toEqual([]);
  });

  return shared;
}

/** Until React has taken over the heading: a click before that goes nowhere. */
async function untilInteractive(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const heading = document.querySelector("main h1");
    return heading !== null && Object.keys(heading).some((key) => key.startsWith("__react"));
  });
}
