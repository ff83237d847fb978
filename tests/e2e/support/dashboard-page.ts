import type { Locator, Page } from "playwright-core";
import { until } from "@/tests/support/clock";

/** A titled part of the page. */
export const panel = (page: Page, title: string) =>
  page.getByRole("region", { name: title, exact: true });
/** The card of one figure. */
export const card = (page: Page, term: string) =>
  page.locator("dl > div").filter({ has: page.getByRole("term").filter({ hasText: term }) });
/** The rows of the device heartbeat. */
export const deviceRows = (page: Page) => panel(page, "Device heartbeat").locator("tbody tr");

/** What a reader sees of an element, line by line. */
// biome-ignore lint/performance/useDomNodeTextContent: its lines are what the tests compare
export const seen = (element: Locator) => element.innerText();

/** The texts of a row of cells. */
export const cells = (row: Locator) => row.locator("th, td").allInnerTexts();

/** Waits until the heartbeat table shows so many devices. */
export const untilDevices = (page: Page, count: number) =>
  until(`${count} devices in view`, async () => (await deviceRows(page).count()) === count);

/** Has the page look for fresh figures now rather than at its next turn. */
export const lookNow = (page: Page) =>
  page.evaluate(() => window.dispatchEvent(new Event("online")));
