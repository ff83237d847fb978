import type { Browser, BrowserContext, Page } from "playwright-core";
import type { Sql } from "postgres";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { makeSession, type TestUser } from "@/tests/support/accounts";
import { type CuttableDatabase, cuttableDatabase } from "@/tests/support/cuttable-database";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import {
  type Device,
  type Facility,
  makeDevice,
  makeFacility,
  makeZone,
} from "@/tests/support/factories";
import { type RunningServer, startServer } from "@/tests/support/server";
import { launchBrowser, type PageOptions, untilInteractive, type WatchedPage } from "./browser";

/** A browser in which a user is signed in. */
export type SignedIn = { context: BrowserContext; token: string };

/** What the tests of a file share; the fields are set once its tests run. */
export type AccountsUnderTest = {
  url: string;
  sql: Sql;
  /** The server's way to its database. */
  relay: CuttableDatabase;
  harbour: Facility;
  meadow: Facility;
  /** In Harbour. */
  device: Device;
  /** Pages of the test that runs, with what their consoles called errors. */
  watched: WatchedPage[];
  /** A browser of its own in which the user is signed in. */
  signIn(user: TestUser, options?: PageOptions): Promise<SignedIn>;
  /** Opens a page and waits until it takes clicks. */
  open(path: string, who: TestUser | SignedIn, options?: PageOptions): Promise<Page>;
  /** Takes back that the browser itself reports answers of this status, which must have come. */
  expectRefusal(page: Page, status: number): void;
  /** Takes back what a page's console said of an outage that the test made. */
  forgive(page: Page, errors: RegExp): void;
  /** Stops the server and starts it again at the same address. @param meanwhile while it is down */
  restart(meanwhile?: () => Promise<void>): Promise<void>;
};

/** A server with two facilities, and a browser; a test fails for any error in a console. */
export function accountsUnderTest(): AccountsUnderTest {
  let database: TestDatabase;
  let server: RunningServer;
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  const watched: WatchedPage[] = [];

  const signIn: AccountsUnderTest["signIn"] = async (user, options = {}) => {
    const { width = 1440, height = 900, colorScheme = "light" } = options;
    const context = await browser.newContext({ viewport: { width, height }, colorScheme });
    contexts.push(context);
    const token = await makeSession(database.sql, user);
    await context.addCookies([{ name: "next-auth.session-token", value: token, url: server.url }]);
    return { context, token };
  };
  const open: AccountsUnderTest["open"] = async (path, who, options) => {
    const { context } = "context" in who ? who : await signIn(who, options);
    const page = await context.newPage();
    watched.push(watch(page));
    await page.goto(server.url + path, { waitUntil: "load" });
    await untilInteractive(page);
    return page;
  };
  const expectRefusal: AccountsUnderTest["expectRefusal"] = (page, status) => {
    const errors = watched.find((one) => one.page === page)?.errors ?? [];
    const others = errors.filter((error) => !error.includes(`status of ${status} `));
    expect(others.length).toBeLessThan(errors.length);
    errors.splice(0, errors.length, ...others);
  };
  const forgive: AccountsUnderTest["forgive"] = (page, expected) => {
    const errors = watched.find((one) => one.page === page)?.errors ?? [];
    errors.splice(0, errors.length, ...errors.filter((error) => !expected.test(error)));
  };
  const restart: AccountsUnderTest["restart"] = async (meanwhile) => {
    const { port } = server;
    await server.stop();
    try {
      await meanwhile?.();
    } finally {
      server = await startServer({ kind: "gateway", databaseUrl: shared.relay.url, port });
    }
  };
  const shared = { watched, signIn, open, expectRefusal, forgive, restart } as AccountsUnderTest;

  beforeAll(async () => {
    database = await createTestDatabase();
    shared.relay = await cuttableDatabase(database.url);
    server = await startServer({ kind: "gateway", databaseUrl: shared.relay.url });
    browser = await launchBrowser();
    const { sql } = database;
    Object.assign(shared, { sql, url: server.url });
    shared.harbour = await makeFacility(sql, { code: "harbour", name: "Harbour" });
    shared.meadow = await makeFacility(sql, { code: "meadow", name: "Meadow" });
    const zone = await makeZone(sql, { code: "A", facilityId: shared.harbour.id });
    shared.device = await makeDevice(sql, { code: "A-001", zoneId: zone.id });
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await shared.relay?.close();
    await database?.drop();
  });

  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    expect(watched.splice(0).flatMap(({ errors }) => errors)).toEqual([]);
  });

  return shared;
}

function watch(page: Page): WatchedPage {
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(`${message.text()} ${message.location().url}`);
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  return { page, errors };
}
