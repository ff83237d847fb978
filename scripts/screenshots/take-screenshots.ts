import path from "node:path";
import { migrateDatabase } from "@/db/migrate";
import { launchBrowser } from "@/tests/e2e/support/browser";
import { everyPage } from "@/tests/e2e/support/every-page";
import { visit } from "@/tests/e2e/support/visits";
import { demoServer } from "@/tests/support/demo-server";

const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];
const SCHEMES = ["light", "dark"] as const;

export type ScreenshotOptions = { databaseUrl: string; folder: string; signal: AbortSignal };

/**
 * Takes a picture of every page in both widths and both colour schemes.
 * @returns how many
 */
export async function takeScreenshots(options: ScreenshotOptions): Promise<number> {
  const { databaseUrl, folder, signal } = options;
  await migrateDatabase(databaseUrl);
  const demo = await demoServer(databaseUrl);
  const browser = await launchBrowser();
  let count = 0;
  try {
    for (const one of await everyPage(databaseUrl)) {
      for (const size of SIZES) {
        for (const colorScheme of SCHEMES) {
          signal.throwIfAborted();
          const { page } = await visit(browser, demo, one, { ...size, colorScheme });
          const file = `${one.name}-${size.width}-${colorScheme}.png`;
          await page.screenshot({ path: path.join(folder, file) });
          await page.context().close();
          count += 1;
        }
      }
    }
    return count;
  } finally {
    await browser.close();
    await demo.server.stop();
  }
}
