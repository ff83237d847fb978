import { expect, test } from "vitest";
import { faultsOf, pagesUnderTest } from "../support/pages-under-test";

const { eachPage } = pagesUnderTest();

/** Pages with charts, which are fetched after the page itself, may be heavier. */
const WITH_CHARTS = ["/", "/devices/[id]", "/alerts/[id]"];
const BUDGET_KB = { plain: 200, charts: 350 };

test("every page can be used by everybody in light and dark, without an error, within its budget of script", async () => {
  const faults: Record<string, string[]> = {};
  const weights: Record<string, { kB: number; "budget kB": number }> = {};
  await eachPage(1440, async (page, { name, page: path }, errors) => {
    // Parts that a page fetches by itself count, however late they come.
    await page.waitForLoadState("networkidle");
    const bytes = await page.evaluate(() =>
      performance
        .getEntriesByType("resource")
        .filter((entry) => new URL(entry.name).pathname.endsWith(".js"))
        .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).encodedBodySize, 0),
    );
    const budget = WITH_CHARTS.includes(path) ? BUDGET_KB.charts : BUDGET_KB.plain;
    weights[name] = { kB: Math.round(bytes / 1024), "budget kB": budget };
    const found = await faultsOf(page, errors);
    if (found.length > 0) faults[name] = found;
  });
  console.table(weights);
  expect(faults).toEqual({});
  const over = Object.entries(weights).filter(([, { kB, "budget kB": budget }]) => kB > budget);
  expect(over).toEqual([]);
  expect(Math.min(...Object.values(weights).map(({ kB }) => kB))).toBeGreaterThan(50);
});
