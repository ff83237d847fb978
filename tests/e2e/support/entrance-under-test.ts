import type { Browser, Page, Response } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { makeSession, makeUser } from "@/tests/support/accounts";
import { type CuttableDatabase, cuttableDatabase } from "@/tests/support/cuttable-database";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { type RunningServer, startServer } from "@/tests/support/server";
import { launchBrowser, type PageOptions } from "./browser";

export type Installation = { url: string; database: TestDatabase; relay: CuttableDatabase };

type OpenOptions = PageOptions & {
  /** Of another installation than the shared one. */
  at?: Installation;
  /** Whose session the browser has. */
  as?: { id: number };
  timezoneId?: string;
  /** What the console may call an error: answers that the test asks for. */
  expected?: RegExp;
};
type Opened = { page: Page; response: Response | null };
type Watched = { page: Page; errors: string[] };

/** What the tests of a file share; the fields are set once its tests run. */
export type EntranceUnderTest = Installation & {
  /** Opens a page in a browser session of its own. */
  open(path: string, options?: OpenOptions): Promise<Opened>;
  /** A server of its own whose database no one has set up. */
  fresh(env?: Record<string, string>): Promise<Installation>;
};

/** A server that has an administrator, and a browser; a test fails for any error in a console. */
export function entranceUnderTest(): EntranceUnderTest {
  let browser: Browser;
  const running: { server: RunningServer; at: Installation }[] = [];
  const watched: Watched[] = [];

  const fresh: EntranceUnderTest["fresh"] = async (env = {}) => {
    const database = await createTestDatabase();
    const relay = await cuttableDatabase(database.url);
    const quotas = { VISITOR_CALLS_PER_MINUTE: "100000" };
    const server = await startServer({
      kind: "gateway",
      databaseUrl: relay.url,
      env: { ...quotas, ...env },
    });
    const at = { url: server.url, database, relay };
    running.push({ server, at });
    return at;
  };

  const open: EntranceUnderTest["open"] = async (path, options = {}) => {
    const { at = shared, as, width = 1440, height = 900, expected, ...rest } = options;
    const look = { viewport: { width, height }, reducedMotion: "reduce" as const, ...rest };
    const context = await browser.newContext(look);
    if (as) {
      const value = await makeSession(at.database.sql, as);
      await context.addCookies([{ name: "next-auth.session-token", value, url: at.url }]);
    }
    const page = await context.newPage();
    const errors: string[] = [];
    const note = (text: string) => {
      if (!expected?.test(text)) errors.push(text);
    };
    page.on("console", (message) => {
      if (message.type() === "error") note(`${message.text()} ${message.location().url}`);
    });
    page.on("pageerror", (error) => note(String(error)));
    watched.push({ page, errors });
    return { page, response: await page.goto(at.url + path, { waitUntil: "load" }) };
  };
  const shared = { open, fresh } as EntranceUnderTest;

  beforeAll(async () => {
    browser = await launchBrowser();
    Object.assign(shared, await fresh());
    await makeUser(shared.database.sql, "admin", { email: "first@example.com" });
  });

  afterAll(async () => {
    await browser?.close();
    for (const { server, at } of running) {
      await server.stop();
      await at.relay.close();
      await at.database.drop();
    }
  });

  afterEach(async () => {
    const opened = watched.splice(0);
    await Promise.all(opened.map(({ page }) => page.context().close()));
    expect(opened.flatMap(({ errors }) => errors)).toEqual([]);
  });

  return shared;
}
