import Papa from "papaparse";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { until } from "@/tests/support/clock";
import { barriers, LOOKS, overflow } from "../support/accessibility";
import { DATE, WEEK_BEFORE } from "../support/dashboard-estate";
import { cells, panel, seen } from "../support/dashboard-page";
import { dashboardUnderTest } from "../support/dashboard-under-test";

const dashboard = dashboardUnderTest();
const { open, openAsOperator, watched } = dashboard;

const RANGE = `reports?from=${WEEK_BEFORE}&to=${DATE}`;
const total = async (page: Page, term: string) => {
  const of = page
    .locator("dl > div")
    .filter({ has: page.getByRole("term").getByText(term, { exact: true }) });
  return (await seen(of)).split("\n")[1];
};
const preview = (page: Page) => panel(page, "Preview").locator("tbody tr");
const download = (page: Page) => page.getByRole("link", { name: /^Download CSV/ });
const untilRows = (page: Page, count: number) =>
  until(`${count} rows in the preview`, async () => (await preview(page).count()) === count);

async function textOf(page: Page): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent("download"), download(page).click()]);
  const parts: Buffer[] = [];
  for await (const part of await file.createReadStream()) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

describe("a report", () => {
  test("shows what the downloaded file holds, row by row", async () => {
    const page = await openAsOperator(RANGE);
    const file = Papa.parse<string[]>(await textOf(page), { skipEmptyLines: true }).data;
    expect(file).toHaveLength(8);
    const shown = [
      await panel(page, "Preview").locator("thead th").allTextContents(),
      ...(await Promise.all((await preview(page).all()).map(cells))),
    ];
    expect(shown).toEqual(file);
    const totals = ["Events", "Arrivals", "Departures", "Devices with events", "Days with events"];
    expect(await Promise.all(totals.map((term) => total(page, term)))).toEqual([
      ...["7", "5", "2", "3", "2"],
    ]);
    expect(await download(page).textContent()).toBe("Download CSV · 7 rows");
    const days = panel(page, "By day").locator("tbody tr");
    expect(await Promise.all((await days.all()).map(cells))).toEqual([
      [`${DATE} Tue`, "4", "3"],
      [`${WEEK_BEFORE} Tue`, "3", "2"],
    ]);
    const zones = panel(page, "By zone").locator("tbody tr");
    expect(await Promise.all((await zones.all()).map(cells))).toEqual([
      ["A\nHarbour", "6", "2"],
      ["B\nHarbour", "1", "1"],
    ]);
  });

  test("keeps its range and zone in the address, whichever way round the dates are", async () => {
    const page = await openAsOperator(`reports?from=${DATE}&to=${WEEK_BEFORE}&facility=harbour`);
    await untilRows(page, 7);
    expect(await page.getByLabel("From", { exact: true }).inputValue()).toBe(WEEK_BEFORE);
    await page.getByLabel("Zone", { exact: true }).selectOption("B");
    await untilRows(page, 1);
    const { searchParams } = new URL(page.url());
    expect(searchParams.get("zone")).toMatch(/^\d+$/);
    expect(searchParams.get("facility")).toBe("harbour");
    const shared = await openAsOperator(`reports${new URL(page.url()).search}`);
    await untilRows(shared, 1);
    const file = Papa.parse(await textOf(shared), { skipEmptyLines: true });
    expect(file.data).toHaveLength(2);
    await page.reload();
    await untilRows(page, 1);
    await page.goBack();
    await untilRows(page, 7);
    await page.getByLabel("To", { exact: true }).fill("2024-05-10");
    await untilRows(page, 3);
    expect(new URL(page.url()).searchParams.get("to")).toBe("2024-05-10");
  });

  test("without events says so and leads to the newest ones, by the keyboard alone", async () => {
    const page = await openAsOperator("reports?from=2024-06-01&to=2024-06-30");
    await page.getByText("No parking events on these dates.").waitFor();
    expect(await download(page).count()).toBe(0);
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
    await until("the link's turn", async () => {
      await page.keyboard.press("Tab");
      return (await focused()) === "Tuesday, 14 May 2024";
    });
    await page.keyboard.press("Enter");
    await untilRows(page, 4);
    await until("the preset's turn", async () => {
      await page.keyboard.press("Tab");
      return (await focused()) === "Last 28 days";
    });
    await page.keyboard.press("Enter");
    await page.getByText("No parking events on these dates.").waitFor();
    const chosen = page.getByRole("link", { name: "Last 28 days" });
    expect(await chosen.getAttribute("aria-current")).toBe("true");
  });

  test("of a place that does not exist is refused in words", async () => {
    for (const query of ["?facility=4711", "?zone=4711"]) {
      const page = await openAsOperator(`reports${query}`);
      await page.getByRole("heading", { name: "No report to show" }).waitFor();
    }
  });

  test("is not for viewers, who may take no file either", async () => {
    const page = await open("reports");
    await page.getByRole("heading", { name: "You have no permission for this page" }).waitFor();
    for (const { errors } of watched) {
      expect(errors.filter((error) => !error.includes("status of 403"))).toEqual([]);
      errors.length = 0;
    }
  });
});

test.each(LOOKS)("the page has no barriers at $width px in $colorScheme", async (view) => {
  for (const path of [RANGE, "reports?from=2024-06-01&to=2024-06-30"]) {
    const page = await openAsOperator(path, view);
    expect(await barriers(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
  }
});
