import type { Page } from "playwright-core";
import { until } from "@/tests/support/clock";
import { row } from "./account-pages";

/** The row, or card, of the alert of a device. */
export const alertOf = (page: Page, code: string) =>
  page.locator("tbody tr").filter({ hasText: code });

/** Waits until the list shows so many alerts. */
export const untilAlerts = (page: Page, count: number) =>
  until(`${count} alerts in view`, async () => (await row(page, /./).count()) === count);

/** Presses Tab until what has the focus is called so; fails where it never is. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const wanted = typeof name === "string" ? new RegExp(`^${name}$`) : name;
  for (let pressed = 0; pressed < 120; pressed++) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null;
      const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : null;
      return element?.getAttribute("aria-label") ?? label ?? element?.textContent ?? "";
    });
    if (wanted.test(focused.trim())) return;
  }
  throw new Error(`Tab never came to ${name}`);
}
