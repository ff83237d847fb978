import { beforeAll, describe, expect, test } from "vitest";
import { makeUser, type TestUser } from "@/tests/support/accounts";
import { api } from "@/tests/support/api";
import { secondsFromNow, until } from "@/tests/support/clock";
import { accountsUnderTest } from "../support/accounts-under-test";
import { cells, panel, seen } from "../support/dashboard-page";
import {
  charts,
  DATE,
  type DeviceEstate,
  makeDeviceEstate,
  onDate,
  pathOf,
} from "../support/device-estate";

const accounts = accountsUnderTest();
const { open } = accounts;

let estate: DeviceEstate;
let admin: TestUser;

beforeAll(async () => {
  estate = await makeDeviceEstate(accounts.sql, accounts.url);
  admin = await makeUser(accounts.sql, "admin", { name: "Ada" });
});

describe("what a device does now", () => {
  test("bay, contact, status, newest values and health are told with their reasons", async () => {
    const page = await open(pathOf(estate.device), admin);
    expect(await page.title()).toMatch(/^Q-1 · /);
    expect(await seen(page.locator("main h1").locator(".."))).toContain(
      "By the lift · Zone Q · Quay · Asia/Shanghai, UTC+8",
    );
    const now = await seen(panel(page, "Now"));
    expect(now).toMatch(
      /Occupied\nfor \d+ (s|min), since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \(UTC\+8\)/,
    );
    expect(now).toMatch(/Online\noffline after 1 h/);
    expect(now).toContain("Critical");
    expect(now).toMatch(/231\.5 V\s+Current\n8 A\s+Power\n1,852 W/);
    expect(now).not.toContain("Battery");
    expect(await seen(panel(page, "Health"))).toMatch(/90\s+of 100\s+Open alert: high power\s+−10/);
    expect(await seen(panel(page, "Newest alerts"))).toContain("Power 1,852 W is above 1,500 W");
    const href = await page.getByRole("link", { name: "Power 1,852 W" }).getAttribute("href");
    expect(href).toMatch(/^\/alerts\/\d+$/);
  });

  test("the rules in force say who set them", async () => {
    const page = await open(pathOf(estate.device), admin);
    const rule = (name: string) =>
      cells(
        panel(page, "Rules in force")
          .locator("tr")
          .filter({ has: page.getByRole("rowheader", { name }) }),
      );
    expect(await rule("High power above")).toEqual(["High power above", "1,500 W", "Quay"]);
    expect(await rule("Invalid current above")).toContain("Zone Q");
    expect(await rule("Invalid voltage above")).toContain("Default");
  });

  test("a device that is silent is offline and so is its bay, never free", async () => {
    const page = await open(pathOf(estate.silent), admin);
    const now = await seen(panel(page, "Now"));
    expect(now).toMatch(/Offline\nNo event yet/);
    expect(now).toMatch(/Offline\nsince [^\n]+, silent for [\d,]+ d/);
    expect(await seen(panel(page, "Health"))).toContain("No telemetry for more than 1 h");
    await page.getByText("No readings in this time.").waitFor();
  });

  test("a device that never reported says so", async () => {
    const page = await open(pathOf(estate.fresh), admin);
    const now = await seen(panel(page, "Now"));
    for (const words of ["Never connected", "Never", "It has not sent a reading yet."]) {
      expect(now).toContain(words);
    }
    expect(now).not.toMatch(/\bOK\b/);
    await page.getByText("This device has never sent a reading.").waitFor();
    await page.getByText("This device has never raised an alert.").waitFor();
  });

  test("a reading shows at once, without a reload", async () => {
    const page = await open(pathOf(estate.fresh), admin);
    await page.getByRole("status", { name: "Changes show as they happen." }).waitFor();
    await api(accounts.url).post("/api/telemetry", {
      ...{ device_code: "Q-3", timestamp: secondsFromNow(0), voltage: 222.2, current: 2 },
    });
    await panel(page, "Now").getByText("222.2").waitFor();
    expect(await seen(panel(page, "Now"))).toContain("Online");
    expect(await seen(panel(page, "Health"))).toMatch(/100\s+of 100/);
    // The charts follow by themselves.
    await charts(page).first().waitFor();
  });
});

describe("what happened to a device", () => {
  test("charts have their figures as a table, peaks included", async () => {
    const page = await open(pathOf(estate.device, onDate), admin);
    await until("three charts", async () => (await charts(page).count()) === 3);
    const power = page.getByRole("img", { name: "Line chart of power" });
    expect(await power.getAttribute("aria-label")).toContain("230–1,380 W");
    const readings = panel(page, "Voltage, current and power");
    await readings.getByText("Figures as a table").click();
    const row = readings.getByRole("row", { name: "2024-05-14 10:00:00 (UTC+8)" });
    expect((await cells(row)).slice(1)).toEqual([
      ...["12", "230 V (230)", "1.42 A (1–6)", "325.8 W (230–1,380)"],
    ]);
    expect(await readings.locator("tbody tr").count()).toBe(8);
    expect(await seen(readings)).toContain("96 readings");
  });

  test("the timeline has its states as a table, in the facility's own time", async () => {
    const page = await open(pathOf(estate.device, onDate), admin);
    const timeline = panel(page, "Occupancy and alerts");
    await timeline.getByText("States as a table").click();
    const rows = await timeline.locator("tbody tr").allInnerTexts();
    const told = rows.map((row) => row.replace(/\s+/g, " ").replaceAll(" (UTC+8)", ""));
    expect(told.slice(-3)).toEqual([
      "Free 2024-05-14 10:30:00 2024-05-14 16:55:00 6 h 25 min",
      "Occupied 2024-05-14 08:30:00 2024-05-14 10:30:00 2 h",
      "Unknown: no event yet 2024-05-14 00:00:00 2024-05-14 08:30:00 8 h 30 min",
    ]);
    expect(told[0]).toMatch(/^Unknown: offline 2024-05-14 16:55:00 2024-05-15 00:00:00/);
  });

  test("the range is in the address: reload and back show the same", async () => {
    const page = await open(pathOf(estate.device), admin);
    await page.getByText("28 days").click();
    await until("the range", () => new URL(page.url()).searchParams.get("range") === "28d");
    const date = (label: string) => page.getByRole("textbox", { name: label, exact: true });
    await date("From").fill(DATE);
    await date("From").press("Tab");
    await page.locator("#main").getByText("96 readings").waitFor();
    await date("To").fill("2024-05-15");
    await date("To").press("Tab");
    await until("two days", () => page.url().endsWith("to=2024-05-15"));
    await page.reload();
    await page.locator("#main").getByText("96 readings").waitFor();
    const { searchParams } = new URL(page.url());
    expect(Object.fromEntries(searchParams)).toEqual({ from: DATE, to: "2024-05-15" });
    expect(await date("From").inputValue()).toBe(DATE);
    await page.getByRole("button", { name: "Earlier: 2024-05-12 to 2024-05-13" }).click();
    await page.getByText("No readings in this time.").waitFor();
    await page.goBack();
    await page.locator("#main").getByText("96 readings").waitFor();
  });

  test("a range that is too long says so, with a way out", async () => {
    const page = await open(pathOf(estate.device, "?from=2023-01-01&to=2024-12-31"), admin);
    await page.getByRole("link", { name: "Show the last 28 days" }).click();
    await panel(page, "Occupancy and alerts").waitFor();
    expect(new URL(page.url()).search).toBe("?range=28d");
  });
});
