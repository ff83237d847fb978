import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { makeKey, makeUser, sessionCookie, type TestUser } from "@/tests/support/accounts";
import { api } from "@/tests/support/api";
import { secondsFromNow, until } from "@/tests/support/clock";
import {
  type Device,
  type Facility,
  makeDevice,
  makeFacility,
  makeZone,
} from "@/tests/support/factories";
import { barriers, overflow } from "./support/accessibility";
import { accountsUnderTest } from "./support/accounts-under-test";
import { cells, lookNow, panel, seen } from "./support/dashboard-page";

const accounts = accountsUnderTest();
const { open, signIn, expectRefusal } = accounts;

let quay: Facility;
let device: Device;
let silent: Device;
let fresh: Device;
let admin: TestUser;

/** A past date in Asia/Shanghai on which all is known. */
const DATE = "2024-05-14";
const time = (clock: string) => `${DATE}T${clock}:00+08:00`;

beforeAll(async () => {
  const { sql, url } = accounts;
  quay = await makeFacility(sql, {
    ...{ code: "quay", name: "Quay", timeZone: "Asia/Shanghai", highPowerW: 1_500 },
    // Longer than the tests take: silence has a test of its own.
    offlineAfterSeconds: 3_600,
  });
  const zone = await makeZone(sql, { code: "Q", facilityId: quay.id, maxCurrentA: 40 });
  device = await makeDevice(sql, { code: "Q-1", name: "By the lift", zoneId: zone.id });
  silent = await makeDevice(sql, { code: "Q-2", zoneId: zone.id });
  fresh = await makeDevice(sql, { code: "Q-3", zoneId: zone.id });
  admin = await makeUser(sql, "admin", { name: "Ada" });
  const { post } = api(url);
  const readings = [];
  for (let minute = 0; minute < 8 * 60; minute += 5) {
    const clock = `${String(8 + Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
    const current = minute === 125 ? 6 : 1;
    readings.push({ device_code: "Q-1", timestamp: time(clock), voltage: 230, current });
  }
  readings.push({ device_code: "Q-2", timestamp: time("09:00"), voltage: 230, current: 1 });
  readings.push({ device_code: "Q-1", timestamp: secondsFromNow(0), voltage: 231.5, current: 8 });
  expect((await post("/api/telemetry/bulk", readings)).status).toBe(201);
  await post("/api/parking-log/bulk", [
    { device_code: "Q-1", timestamp: time("08:30"), is_occupied: true },
    { device_code: "Q-1", timestamp: time("10:30"), is_occupied: false },
    { device_code: "Q-1", timestamp: secondsFromNow(0), is_occupied: true },
  ]);
});

const pathOf = ({ id }: Device, query = "") => `/devices/${id}${query}`;
const onDate = `?from=${DATE}&to=${DATE}`;

/** The charts that are drawn, by what they say of themselves. */
const charts = (page: Page) => page.getByRole("img", { name: /chart of/ });

describe("what a device does now", () => {
  test("bay, contact, status, newest values and health are told with their reasons", async () => {
    const page = await open(pathOf(device), admin);
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
    const page = await open(pathOf(device), admin);
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

  test("a device that is silent is offline and its bay unknown, never free", async () => {
    const page = await open(pathOf(silent), admin);
    const now = await seen(panel(page, "Now"));
    expect(now).toMatch(/Unknown\nThe device is offline/);
    expect(now).toMatch(/Offline\nsilent for [\d,]+ d/);
    expect(await seen(panel(page, "Health"))).toContain("No telemetry for over 5 minutes");
    await page.getByText("No readings in this time.").waitFor();
  });

  test("a device that never reported says so", async () => {
    const page = await open(pathOf(fresh), admin);
    const now = await seen(panel(page, "Now"));
    for (const words of ["No contact yet", "Never", "It has not sent a reading yet."]) {
      expect(now).toContain(words);
    }
    await page.getByText("This device has never sent a reading.").waitFor();
    await page.getByText("This device has never raised an alert.").waitFor();
  });

  test("a reading shows at once, without a reload", async () => {
    const page = await open(pathOf(fresh), admin);
    await page.getByText("Live", { exact: true }).waitFor();
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
    const page = await open(pathOf(device, onDate), admin);
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
    const page = await open(pathOf(device, onDate), admin);
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
    const page = await open(pathOf(device), admin);
    await page.getByText("28 days").click();
    await until("the range", () => new URL(page.url()).searchParams.get("range") === "28d");
    const date = (label: string) => page.getByRole("textbox", { name: label, exact: true });
    await date("From").fill(DATE);
    await date("From").press("Tab");
    await page.getByText("96 readings").waitFor();
    await date("To").fill("2024-05-15");
    await date("To").press("Tab");
    await until("two days", () => page.url().endsWith("to=2024-05-15"));
    await page.reload();
    await page.getByText("96 readings").waitFor();
    const { searchParams } = new URL(page.url());
    expect(Object.fromEntries(searchParams)).toEqual({ from: DATE, to: "2024-05-15" });
    expect(await date("From").inputValue()).toBe(DATE);
    await page.getByRole("button", { name: "Earlier: 2024-05-12 to 2024-05-13" }).click();
    await page.getByText("No readings in this time.").waitFor();
    await page.goBack();
    await page.getByText("96 readings").waitFor();
  });

  test("a range that is too long says so, with a way out", async () => {
    const page = await open(pathOf(device, "?from=2023-01-01&to=2024-12-31"), admin);
    await page.getByRole("link", { name: "Show the last 28 days" }).click();
    await panel(page, "Occupancy and alerts").waitFor();
    expect(new URL(page.url()).search).toBe("?range=28d");
  });
});

describe("who sees what of a device", () => {
  test("a manager edits it and sees its keys, an administrator its changes", async () => {
    const { sql, url } = accounts;
    await makeKey(sql, { name: "the lift's own", deviceId: device.id });
    const { token } = await signIn(admin);
    const { patch } = api(url, { Cookie: sessionCookie(token) });
    await patch(`/api/devices/${silent.id}`, { name: "By the stairs" });
    const page = await open(
      pathOf(device, `?facility=${quay.code}`),
      await makeUser(sql, "manager"),
    );
    const href = (name: string) => page.getByRole("link", { name }).getAttribute("href");
    expect(await href("Edit")).toBe("/estate/devices?search=Q-1&facility=quay");
    expect(await href("All alerts of this device")).toBe("/alerts?device=Q-1&facility=quay");
    expect(await seen(panel(page, "Keys of this device"))).toContain("the lift's own");
    expect(await panel(page, "Changes to this device").count()).toBe(0);
    const asAdmin = await open(pathOf(silent), admin);
    expect(await seen(panel(asAdmin, "Changes to this device"))).toContain("By the stairs");
  });

  test("a viewer sees neither keys nor changes, and can't edit", async () => {
    const page = await open(pathOf(device), await makeUser(accounts.sql, "viewer"));
    await panel(page, "Rules in force").waitFor();
    expect(await page.getByRole("link", { name: "Edit" }).count()).toBe(0);
    expect(await panel(page, "Keys of this device").count()).toBe(0);
    expect(await panel(page, "Changes to this device").count()).toBe(0);
  });

  test.each(["out of reach", "unknown", "no number"])(
    "a device that is %s is not found",
    async (kind) => {
      const { sql, meadow } = accounts;
      const limited = await makeUser(sql, "manager", { facilityIds: [meadow.id] });
      const ids: Record<string, number | string> = { "out of reach": device.id, unknown: 999_999 };
      const page = await open(`/devices/${ids[kind] ?? "Q-1"}`, limited);
      await page.getByRole("heading", { name: "There is no such device" }).waitFor();
      expectRefusal(page, 404);
    },
  );
});

describe("for everybody", () => {
  const views = [1440, 390].flatMap((width) =>
    (["light", "dark"] as const).map((colorScheme) => ({ width, colorScheme })),
  );

  test.each(views)("has no barrier at $width px, $colorScheme", async (view) => {
    const page = await open(pathOf(device, onDate), admin, view);
    await until("three charts", async () => (await charts(page).count()) === 3);
    for (const name of ["States as a table", "Figures as a table"]) {
      await page.getByText(name).click();
    }
    expect(await barriers(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });

  test("range, steps and figures can be reached and used by keyboard alone", async () => {
    const page = await open(pathOf(device, onDate), admin);
    await page.getByText("96 readings").waitFor();
    const focused = () =>
      page.evaluate(() => {
        const at = document.activeElement as HTMLInputElement | null;
        return `${at?.getAttribute("aria-label") ?? ""} ${at?.textContent ?? ""} ${at?.value ?? ""}`;
      });
    const tabTo = async (text: string) => {
      for (let i = 0; i < 60; i++) {
        if ((await focused()).includes(text)) return;
        await page.keyboard.press("Tab");
      }
      throw new Error(`The keyboard does not reach “${text}”, only ${await focused()}`);
    };
    await tabTo("Earlier: 2024-05-13 to 2024-05-13");
    await page.keyboard.press("Enter");
    await page.getByText("No readings in this time.").waitFor();
    await tabTo("Later: 2024-05-14 to 2024-05-14");
    await page.keyboard.press("Enter");
    await page.getByText("96 readings").waitFor();
    await tabTo("Figures as a table");
    await page.keyboard.press("Enter");
    await page.getByRole("row", { name: "2024-05-14 10:00:00 (UTC+8)" }).waitFor();
    await page.locator("main h1").focus();
    await tabTo("24h");
    await page.keyboard.press("Space");
    await until("a range that ends now", () => new URL(page.url()).search === "?range=24h");
    await page.keyboard.press("ArrowRight");
    await until("the next range", () => new URL(page.url()).search === "?range=7d");
  });

  test("says that the database is away, and comes by itself when it is back", async () => {
    const who = await signIn(admin);
    accounts.relay.cut();
    try {
      const page = await open(pathOf(device), who);
      await page.getByRole("heading", { name: "The database is away" }).waitFor();
      accounts.relay.mend();
      await until("the page", async () => {
        await lookNow(page);
        return (await panel(page, "Now").count()) > 0;
      });
      expectRefusals(page);
    } finally {
      accounts.relay.mend();
    }
  });
});

/** While the database was away, probes and streams were answered 503, which browsers report. */
function expectRefusals(page: Page): void {
  const errors = accounts.watched.find((one) => one.page === page)?.errors ?? [];
  const others = errors.filter((error) => !error.includes("status of 503 "));
  errors.splice(0, errors.length, ...others);
}
