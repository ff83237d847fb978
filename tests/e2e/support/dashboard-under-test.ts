import type { Browser, Page } from "playwright-core";
import type { Sql } from "postgres";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { Role } from "@/lib/domain/access/access";
import { makeSession, makeUser } from "@/tests/support/accounts";
import { type CuttableDatabase, cuttableDatabase } from "@/tests/support/cuttable-database";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { type RunningServer, startServer } from "@/tests/support/server";
import {
  launchBrowser,
  openPage,
  type PageOptions,
  untilInteractive,
  type WatchedPage,
} from "./browser";
import { type Estate, makeEstate } from "./dashboard-estate";

/** What the tests of a file share; the fields are set once its tests run. */
export type DashboardUnderTest = {
  url: string;
  sql: Sql;
  relay: CuttableDatabase;
  estate: Estate;
  /** Pages of the test that runs, with what their consoles called errors. */
  watched: WatchedPage[];
  /** Opens the dashboard for someone signed in and waits until it takes clicks. */
  open(query?: string, options?: PageOptions): Promise<Page>;
  /** As `open`, for someone who may set targets and take reports. */
  openAsOperator(query?: string, options?: PageOptions): Promise<Page>;
  /** Runs a part of a test against a server of its own whose database has no facility. */
  withFresh(part: (fresh: Fresh) => Promise<void>): Promise<void>;
};

export type Fresh = { url: string; sql: Sql; open: DashboardUnderTest["open"] };

/** A server with a known estate, and a browser; a test fails for any error in a console. */
export function dashboardUnderTest(): DashboardUnderTest {
  let database: TestDatabase;
  let server: RunningServer;
  let browser: Browser;
  const watched: WatchedPage[] = [];
  let session: Session;
  let operator: Session;
  const openAs = async (session: Session, query = "", options: PageOptions = {}) => {
    const opened = await openPage(browser, { session, ...options });
    watched.push(opened);
    await opened.page.goto(`${session.url}/${query}`, { waitUntil: "load" });
    await untilInteractive(opened.page);
    return opened.page;
  };
  const open: DashboardUnderTest["open"] = (...asked) => openAs(session, ...asked);
  const openAsOperator: DashboardUnderTest["open"] = (...asked) => openAs(operator, ...asked);
  const withFresh: DashboardUnderTest["withFresh"] = async (part) => {
    const { url: databaseUrl, sql, drop } = await createTestDatabase();
    const own = await startServer({ kind: "gateway", databaseUrl }).catch(async (error) => {
      await drop();
      throw error;
    });
    try {
      const session = await viewerAt(own.url, sql);
      await part({ url: own.url, sql, open: (...asked) => openAs(session, ...asked) });
      await Promise.all(watched.map(({ page }) => page.close()));
    } finally {
      await own.stop();
      await drop();
    }
  };
  const shared = { watched, open, openAsOperator, withFresh } as DashboardUnderTest;

  beforeAll(async () => {
    database = await createTestDatabase();
    shared.sql = database.sql;
    shared.relay = await cuttableDatabase(database.url);
    server = await startServer({ kind: "gateway", databaseUrl: shared.relay.url });
    shared.url = server.url;
    browser = await launchBrowser();
    session = await viewerAt(server.url, database.sql);
    operator = { url: server.url, token: await tokenOf(database.sql, "operator") };
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

type Session = { url: string; token: string };

/** Someone with the least that a user may have is signed in: the dashboard is for everybody. */
async function viewerAt(url: string, sql: Sql): Promise<Session> {
  return { url, token: await tokenOf(sql, "viewer") };
}

const tokenOf = async (sql: Sql, role: Role) => makeSession(sql, await makeUser(sql, role));
