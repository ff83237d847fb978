import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { type DemoServer, demoServer } from "@/tests/support/demo-server";
import { barriers, contrastBarriers, overflow } from "./accessibility";
import { launchBrowser } from "./browser";
import { everyPage, type PageVisit } from "./every-page";
import { visit } from "./visits";

export type PagesUnderTest = {
  /** Opens every page in turn. */
  eachPage(
    width: number,
    look: (page: Page, visit: PageVisit, errors: string[]) => Promise<void>,
  ): Promise<void>;
};

/** A server with the demo's estate, and a browser. */
export function pagesUnderTest(): PagesUnderTest {
  vi.setConfig({ hookTimeout: 180_000, testTimeout: 600_000 });
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
  const eachPage: PagesUnderTest["eachPage"] = async (width, look) => {
    for (const one of visits) {
      const { page, errors } = await visit(browser, demo, one, { width });
      await look(page, one, errors);
      await page.context().close();
    }
  };
  return { eachPage };
}

/**
 * What keeps anybody from using a page, in light and in dark: the same page changes its colours, as
 * a system does in the evening.
 */
export async function faultsOf(page: Page, errors: string[]): Promise<string[]> {
  const found = await barriers(page);
  const beyond = await overflow(page);
  if (beyond > 0) found.push(`reaches ${beyond} px beyond its window`);
  // Without motion colours change at once, not on their way to one another.
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.locator("html[data-mantine-color-scheme=dark]").waitFor();
  found.push(...(await contrastBarriers(page)).map((fault) => `dark: ${fault}`));
  return [...found, ...errors];
}
