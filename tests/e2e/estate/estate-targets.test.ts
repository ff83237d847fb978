import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { makeUser } from "@/tests/support/accounts";
import { until } from "@/tests/support/clock";
import { makeDevice, makeZone } from "@/tests/support/factories";
import { button, dialog } from "../support/account-pages";
import { accountsUnderTest } from "../support/accounts-under-test";
import { cells } from "../support/dashboard-page";

const accounts = accountsUnderTest();
const { open, expectRefusal } = accounts;

const WEEK = "/estate/targets?facility=harbour&week=2026-03-04";
const cell = (page: Page, of: string) =>
  page.locator("#main").getByLabel(`Target of ${of}`, { exact: true });
const stored = async (code: string) => {
  const rows = await accounts.sql`
    select t.date::text, t.target_value from targets t
    left join zones z on z.id = t.zone_id left join devices d on d.id = t.device_id
    where coalesce(z.code, d.code) = ${code} order by t.date`;
  return rows.map(({ date, target_value }) => `${date} ${target_value}`);
};
const rowNames = async (page: Page) =>
  (await page.getByRole("rowheader").allInnerTexts()).map((text) => text.split("\n")[0]);

beforeAll(async () => {
  const { sql, harbour } = accounts;
  for (const code of ["B", "C"]) await makeZone(sql, { code, facilityId: harbour.id });
});

describe("the week of targets", () => {
  test("a target is set, changed, taken back and cleared by keyboard alone", async () => {
    const page = await open(WEEK, await makeUser(accounts.sql, "operator"));
    const { keyboard } = page;
    const monday = cell(page, "zone B, Monday 2 March");
    await monday.focus();
    await keyboard.type("40");
    await keyboard.press("Enter");
    await until("it is stored", async () => (await stored("B")).join() === "2026-03-02 40");
    await page.getByText("zone B, Monday 2 March: saved 40.").waitFor({ state: "attached" });
    await keyboard.press("ArrowRight");
    await keyboard.type("41");
    await keyboard.press("ArrowDown");
    await until("leaving the field saves it too", async () => (await stored("B")).length === 2);
    expect(
      await cell(page, "zone C, Tuesday 3 March").evaluate(
        (input) => input === document.activeElement,
      ),
    ).toBe(true);
    await monday.focus();
    await keyboard.type("99");
    await keyboard.press("Escape");
    expect(await monday.inputValue()).toBe("40");
    await keyboard.press("ControlOrMeta+a");
    await keyboard.press("Delete");
    await keyboard.press("Enter");
    await until("it is gone", async () => (await stored("B")).join() === "2026-03-03 41");
    await page.reload();
    expect(await monday.inputValue()).toBe("");
    expect(await cell(page, "zone B, Tuesday 3 March").inputValue()).toBe("41");
  });

  test("what is no target is said beside its field and not stored", async () => {
    const page = await open(WEEK, await makeUser(accounts.sql, "operator"));
    const sunday = cell(page, "zone C, Sunday 8 March");
    await sunday.fill("-1");
    await sunday.press("Enter");
    await page
      .locator("td")
      .getByRole("alert")
      .filter({ hasText: "Must not be negative." })
      .waitFor();
    expectRefusal(page, 400);
    expect(await sunday.getAttribute("aria-invalid")).toBe("true");
    await sunday.press("Escape");
    expect(await page.getByRole("cell").getByRole("alert").count()).toBe(0);
    expect(await stored("C")).toEqual([]);
  });

  test("shows every zone, devices that have a target, and others that are searched for", async () => {
    const { sql, device } = accounts;
    await makeDevice(sql, { code: "A-002", zoneId: device.zoneId });
    await sql`insert into targets (device_id, date, target_value) values (${device.id}, '2026-03-05', 3)`;
    const page = await open(WEEK, await makeUser(sql, "viewer"));
    expect(await rowNames(page)).toEqual(["A", "A-001", "B", "C"]);
    expect(await cells(page.locator("tbody tr").nth(1))).toEqual([
      "A-001\nDevice",
      "—",
      "—",
      "—",
      "3",
      "—",
      "—",
      "—",
    ]);
    await page.getByRole("searchbox", { name: "Search" }).fill("a-002");
    await until("the device", async () => (await rowNames(page)).join() === "A-002");
    await page.getByRole("searchbox", { name: "Search" }).fill("");
    await button(page, "Next week").click();
    await page.getByText("9–15 March 2026").first().waitFor();
    expect(new URL(page.url()).searchParams.get("week")).toBe("2026-03-09");
    await until(
      "no device has a target there",
      async () => (await rowNames(page)).join() === "A,B,C",
    );
  });

  test("of several facilities one is chosen", async () => {
    const page = await open("/estate/targets", await makeUser(accounts.sql, "operator"));
    await page.getByRole("link", { name: "Harbour" }).click();
    await page.getByRole("table").waitFor();
    expect(new URL(page.url()).searchParams.get("facility")).toBe(String(accounts.harbour.id));
  });
});

describe("copying last week's targets", () => {
  test("says what it would do, asks about those that are there, and does it", async () => {
    const { sql, harbour } = accounts;
    const zone = await makeZone(sql, { code: "COPY", facilityId: harbour.id });
    for (const [date, value] of [
      ["2026-06-01", 10],
      ["2026-06-02", 20],
      ["2026-06-03", 30],
      ["2026-06-09", 99],
      ["2026-06-10", 30],
    ]) {
      await sql`insert into targets (zone_id, date, target_value) values (${zone.id}, ${date!}, ${value!})`;
    }
    const page = await open(
      "/estate/targets?facility=harbour&week=2026-06-08",
      await makeUser(sql, "operator"),
    );
    const copy = button(page, "Copy last week’s targets");
    await copy.click();
    await dialog(page)
      .getByText("1 new to this week, 1 unchanged, 1 where this week has another target.")
      .waitFor();
    expect(await stored("COPY")).toHaveLength(5);
    await button(dialog(page), "Copy 1 target").click();
    await dialog(page).waitFor({ state: "detached" });
    await until(
      "the copy",
      async () => (await cell(page, "zone COPY, Monday 8 June").inputValue()) === "10",
    );
    expect(await cell(page, "zone COPY, Tuesday 9 June").inputValue()).toBe("99");
    await copy.click();
    await dialog(page).getByRole("radio", { name: "Replace with last week’s" }).check();
    await button(dialog(page), "Copy 1 target").click();
    await until(
      "the replacement",
      async () => (await cell(page, "zone COPY, Tuesday 9 June").inputValue()) === "20",
    );
    await copy.click();
    await dialog(page).getByText("All 3 targets from 1–7 June 2026 exist already.").waitFor();
  });
});
