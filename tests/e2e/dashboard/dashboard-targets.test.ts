import type { Page } from "playwright-core";
import { beforeEach, describe, expect, test } from "vitest";
import { api } from "@/tests/support/api";
import { until } from "@/tests/support/clock";
import { barriers, LOOKS, overflow } from "../support/accessibility";
import { DATE } from "../support/dashboard-estate";
import { card, panel, seen } from "../support/dashboard-page";
import { dashboardUnderTest } from "../support/dashboard-under-test";

const dashboard = dashboardUnderTest();
const { open, openAsOperator, watched } = dashboard;

const ZONE_A = "Zone A, Harbour";
const ZONE_B = "Zone B, Harbour";

const targets = (page: Page) => panel(page, "Actual vs target");
const openerOf = (page: Page, name: string) =>
  targets(page).getByRole("button", { name: new RegExp(`^Target of ${name}:`) });
const editor = (page: Page, name: string) =>
  targets(page).getByRole("spinbutton", { name: `Target of ${name}, events` });
const button = (page: Page, name: string) =>
  targets(page).getByRole("button", { name, exact: true });
const row = (page: Page, name: string) => targets(page).locator("li").filter({ hasText: name });
const efficiency = async (page: Page) => (await seen(card(page, "Efficiency"))).split("\n")[1];
const untilEfficiency = (page: Page, value: string) =>
  until(`efficiency of ${value}`, async () => (await efficiency(page)) === value);

type TargetRow = { id: number; zone_code: string | null; target_value: number };
const stored = async (): Promise<TargetRow[]> =>
  (await api(dashboard.url).get(`/api/targets?date=${DATE}`)).body;

/** Six events expected of zone A, one of device B-01, nothing else. */
beforeEach(async () => {
  const { get, del, post } = api(dashboard.url);
  const zones: { id: number; code: string }[] = (await get("/api/zones")).body;
  const a = zones.find(({ code }) => code === "A")!;
  for (const target of await stored()) await del(`/api/targets/${target.id}`);
  await post("/api/targets", { zone_id: a.id, date: DATE, target_value: 6 });
  await post("/api/targets", { device_code: "B-01", date: DATE, target_value: 1 });
});

describe("a target, for those who may set it", () => {
  test("is edited where it stands, and efficiency changes with it", async () => {
    const page = await openAsOperator(`?date=${DATE}`);
    expect(await efficiency(page)).toBe("57.14 %");
    await openerOf(page, ZONE_A).click();
    await editor(page, ZONE_A).fill("3");
    await button(page, "Save").click();
    await untilEfficiency(page, "100 %");
    expect((await seen(row(page, ZONE_A))).replace(/\s+/g, " ")).toBe(
      `${ZONE_A} 3 of 3 events · 100 %`,
    );
    expect((await stored()).find(({ zone_code }) => zone_code === "A")?.target_value).toBe(3);
    const reloaded = await openAsOperator(`?date=${DATE}`);
    expect(await efficiency(reloaded)).toBe("100 %");
  });

  test("is edited, left and saved by the keyboard alone", async () => {
    const page = await openAsOperator(`?date=${DATE}`);
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
    await page.getByRole("switch", { name: /^Compare with/ }).focus();
    await until("the target's turn", async () => {
      await page.keyboard.press("Tab");
      return (await focused()) === `Target of ${ZONE_A}: 6. Change it`;
    });
    await page.keyboard.press("Enter");
    await until("the field", async () => (await focused()) === `Target of ${ZONE_A}, events`);
    await page.keyboard.type("40");
    await page.keyboard.press("Escape");
    await editor(page, ZONE_A).waitFor({ state: "detached" });
    expect(await focused()).toBe(`Target of ${ZONE_A}: 6. Change it`);
    await page.keyboard.press("Enter");
    await page.keyboard.type("19");
    await page.keyboard.press("Enter");
    await untilEfficiency(page, "20 %");
    expect(await focused()).toBe(`Target of ${ZONE_A}: 19. Change it`);
  });

  test("that is no number is refused beside it, and so is what the server refuses", async () => {
    const page = await openAsOperator(`?date=${DATE}`);
    await openerOf(page, ZONE_A).click();
    await editor(page, ZONE_A).fill("-3");
    await button(page, "Save").click();
    await targets(page).getByText("Must be a whole number, 0 or more.").waitFor();
    const refusal = { detail: "Somebody else has changed it.", status: 409 };
    let answer = () => {};
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route("**/api/targets", async (route) => {
      await asked;
      await route.fulfill({ status: 409, json: refusal });
    });
    await editor(page, ZONE_A).fill("12");
    await page.keyboard.press("Enter");
    // Shown at once, and taken back when it turns out not to be so.
    await row(page, ZONE_A).getByText("saving…").waitFor();
    expect(await seen(openerOf(page, ZONE_A))).toBe("12");
    answer();
    await targets(page).getByText(refusal.detail).waitFor();
    expect(await editor(page, ZONE_A).inputValue()).toBe("12");
    await until("the old value", async () => (await seen(openerOf(page, ZONE_A))) === "6");
    expect(await efficiency(page)).toBe("57.14 %");
    for (const { errors } of watched) {
      expect(errors.filter((error) => !error.includes("status of 409"))).toEqual([]);
      errors.length = 0;
    }
  });

  test("is added to a zone without one and to a device, and removed again", async () => {
    const page = await openAsOperator(`?date=${DATE}`);
    await button(page, "Add a target").click();
    const owner = targets(page).getByLabel("Target of", { exact: true });
    expect(await owner.locator("option").allTextContents()).toEqual([ZONE_B, "A device"]);
    await targets(page).getByLabel("Expected events").fill("4");
    await page.keyboard.press("Enter");
    await row(page, ZONE_B).waitFor();
    // The device's target lies in its zone's now: 3 + 1 events of 6 + 4.
    await untilEfficiency(page, "40 %");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Add a target");
    await button(page, "Add a target").click();
    await owner.selectOption("A device");
    await targets(page).getByLabel("Device code").fill("C-99");
    await targets(page).getByLabel("Expected events").fill("4");
    await page.keyboard.press("Enter");
    await targets(page).getByText("Device not found.").waitFor();
    await targets(page).getByLabel("Device code").fill("A-01");
    await page.keyboard.press("Enter");
    await row(page, "Device A-01").waitFor();
    await openerOf(page, ZONE_B).click();
    await button(page, "Remove").click();
    await row(page, ZONE_B).waitFor({ state: "detached" });
    await untilEfficiency(page, "57.14 %");
    for (const { errors } of watched) {
      expect(errors.filter((error) => !error.includes("status of 400"))).toEqual([]);
      errors.length = 0;
    }
  });

  test("is only read by a viewer", async () => {
    const page = await open(`?date=${DATE}`);
    await row(page, ZONE_A).waitFor();
    expect(await targets(page).getByRole("button").count()).toBe(0);
    const other = await open("?date=2024-05-15");
    await targets(other)
      .getByText("Operators, managers and administrators can set targets.")
      .waitFor();
  });
});

test.each(LOOKS)("the dashboard has no barriers at $width px in $colorScheme", async (view) => {
  const page = await openAsOperator(`?date=${DATE}`, view);
  await page.getByRole("img", { name: /Fullest at/ }).waitFor();
  await openerOf(page, ZONE_A).click();
  await button(page, "Add a target").click();
  for (const table of await page.getByText("Figures as a table").all()) await table.click();
  expect(await barriers(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
});
