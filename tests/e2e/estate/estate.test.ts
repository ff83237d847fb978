import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { makeUser, sessionCookie } from "@/tests/support/accounts";
import { api } from "@/tests/support/api";
import { until } from "@/tests/support/clock";
import { makeDevice, makeFacility, makeZone } from "@/tests/support/factories";
import { barriers, LOOKS } from "../support/accessibility";
import { button, dialog, row } from "../support/account-pages";
import { accountsUnderTest } from "../support/accounts-under-test";
import { seen } from "../support/dashboard-page";

const accounts = accountsUnderTest();
const { open, signIn, expectRefusal } = accounts;

const closed = (page: Page) => dialog(page).waitFor({ state: "detached" });
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return "nothing";
    return element.getAttribute("aria-label") ?? element.textContent;
  });

/** Presses Tab until something of this name has the focus. */
async function tabTo(page: Page, name: string) {
  for (let presses = 0; presses < 80; presses++) {
    if ((await focused(page)) === name) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never reached ${name}`);
}

beforeAll(async () => {
  const { sql } = accounts;
  await sql`update facilities set high_power_w = 3000 where id = ${accounts.harbour.id}`;
  await makeFacility(sql, { code: "spare", name: "Spare" });
});

describe("facilities", () => {
  test("one is made with its time zone, changed, retired, restored and deleted", async () => {
    const page = await open("/estate", await makeUser(accounts.sql, "manager"));
    await button(page, "New facility").click();
    const field = (name: string) => dialog(page).getByRole("textbox", { name, exact: true });
    await field("Name").fill("Station");
    await field("Code").fill("STATION");
    await dialog(page).getByRole("combobox", { name: "Time zone" }).fill("new york");
    await page.getByRole("option", { name: "America/New_York" }).click();
    await field("Address").fill("Platform 1");
    await field("Latitude (°)").fill("40,7");
    await field("Longitude (°)").fill("-74.01");
    await button(dialog(page), "Create facility").click();
    await dialog(page).getByText("Must be a finite number.").waitFor();
    expectRefusal(page, 400);
    await field("Latitude (°)").fill("40.7");
    await dialog(page).getByText("Rule limits").click();
    await field("Offline after (s)").fill("90");
    await button(dialog(page), "Create facility").click();
    await closed(page);
    const made = row(page, /^Station/);
    await until("the facility", async () =>
      /America\/New_York\s+Platform 1/.test(await seen(made)),
    );
    expect(await seen(made)).toContain("Offline after 1 min 30 s");
    const [stored] = await accounts.sql`
      select time_zone, latitude, longitude, offline_after_seconds, high_power_w
      from facilities where code = 'STATION'`;
    expect(stored).toEqual({
      ...{ time_zone: "America/New_York", latitude: 40.7, longitude: -74.01 },
      ...{ offline_after_seconds: 90, high_power_w: null },
    });
    await button(page, "Edit facility STATION").click();
    await field("Name").fill("Central station");
    await field("Offline after (s)").fill("");
    await button(dialog(page), "Save").click();
    await closed(page);
    await until("the change", async () =>
      /^Central station[\s\S]*All inherited/.test(await seen(row(page, /STATION/))),
    );
    await button(page, "Retire facility STATION").click();
    await button(dialog(page), "Retire").click();
    await row(page, /STATION/).waitFor({ state: "detached" });
    await page.getByLabel("Show").selectOption("Retired");
    await row(page, /STATION/)
      .getByText("Retired")
      .waitFor();
    expect(new URL(page.url()).searchParams.get("retired")).toBe("true");
    await button(page, "Restore facility STATION").click();
    await button(dialog(page), "Restore").click();
    await row(page, /STATION/).waitFor({ state: "detached" });
    await page.getByLabel("Show").selectOption("Both");
    await button(page, "Delete facility STATION").click();
    await button(dialog(page), "Delete permanently").click();
    await row(page, /STATION/).waitFor({ state: "detached" });
    const entries = await accounts.sql`
      select action from audit_log where subject_name = 'STATION' order by id`;
    expect(entries.map(({ action }) => action)).toEqual([
      "facility.created",
      ...Array(3).fill("facility.updated"),
      "facility.deleted",
    ]);
  });
});

describe("zones and devices", () => {
  test("a form says what is inherited, and from where", async () => {
    const zone = await makeZone(accounts.sql, {
      code: "limits",
      facilityId: accounts.harbour.id,
      offlineAfterSeconds: 45,
    });
    await makeDevice(accounts.sql, { code: "limited", zoneId: zone.id, maxCurrentA: 32 });
    const page = await open(
      `/estate/devices?zone=${zone.id}`,
      await makeUser(accounts.sql, "manager"),
    );
    await button(page, "Edit device limited").click();
    await dialog(page).getByText("Inherited: 45 s (zone limits).").waitFor();
    const text = await seen(dialog(page));
    expect(text).toContain("Inherited: 45 s (zone limits).");
    expect(text).toContain("Inherited: 3,000 W (facility harbour).");
    expect(text).toContain("Inherited: 500 V (default).");
    expect(await dialog(page).getByLabel("Highest valid current (A)").inputValue()).toBe("32");
  });

  test("a zone and a device are made where the address says, found and sorted", async () => {
    const { id } = accounts.meadow;
    const page = await open(
      `/estate/zones?facility=${id}`,
      await makeUser(accounts.sql, "manager"),
    );
    await button(page, "New zone").click();
    await dialog(page).getByRole("textbox", { name: "Name" }).fill("North field");
    await dialog(page).getByRole("textbox", { name: "Code" }).fill("NF");
    await button(dialog(page), "Create zone").click();
    await row(page, /^North field/).waitFor();
    await page.getByRole("link", { name: "Devices", exact: true }).click();
    await page.getByText("No devices yet.").waitFor();
    expect(new URL(page.url()).searchParams.get("facility")).toBe(String(id));
    for (const code of ["NF-1", "NF-2"]) {
      await button(page, "New device").click();
      await dialog(page).getByRole("textbox", { name: "Code" }).fill(code);
      await button(dialog(page), "Create device").click();
      await dialog(page).getByText("Choose a zone.").waitFor();
      expectRefusal(page, 400);
      await dialog(page).getByRole("combobox", { name: "Zone" }).fill("north");
      await page.getByRole("option", { name: /North field/ }).click();
      await button(dialog(page), "Create device").click();
      await row(page, code).waitFor();
    }
    await page.getByLabel("Order").selectOption("Code Z–A");
    await until(
      "the order",
      async () => (await page.getByRole("rowheader").allInnerTexts()).join() === "NF-2,NF-1",
    );
    await page.getByRole("searchbox", { name: "Search" }).fill("nf-1");
    await page.getByText("1 device matches").waitFor();
    expect(await page.getByRole("link", { name: "NF-1" }).getAttribute("href")).toMatch(
      /^\/devices\/\d+\?facility=/,
    );
  });

  test("devices are edited, moved together and retired by keyboard alone", async () => {
    const { sql } = accounts;
    const from = await makeZone(sql, { code: "KB", facilityId: accounts.harbour.id });
    const to = await makeZone(sql, { code: "KB-target", facilityId: accounts.meadow.id });
    for (const code of ["KB-1", "KB-2", "KB-3"]) await makeDevice(sql, { code, zoneId: from.id });
    const page = await open(`/estate/devices?zone=${from.id}`, await makeUser(sql, "manager"));
    const { keyboard } = page;
    await tabTo(page, "Edit device KB-1");
    await keyboard.press("Enter");
    await dialog(page).getByRole("textbox", { name: "Code" }).and(page.locator(":focus")).waitFor();
    await keyboard.press("Tab");
    await keyboard.type("By the door");
    await keyboard.press("Enter");
    await closed(page);
    await row(page, /By the door/).waitFor();
    expect(await focused(page)).toBe("Edit device KB-1");
    await page.evaluate(() => document.querySelector<HTMLElement>("main h1")?.focus());
    for (const code of ["KB-1", "KB-2"]) {
      await tabTo(page, `Select device ${code}`);
      await keyboard.press("Space");
    }
    await page.getByText("2 selected").waitFor();
    await page.evaluate(() => document.querySelector<HTMLElement>("main h1")?.focus());
    await tabTo(page, "Move to another zone");
    await keyboard.press("Enter");
    await dialog(page).getByRole("combobox").and(page.locator(":focus")).waitFor();
    await keyboard.type("KB-target");
    await page.getByRole("option", { name: /KB-target/ }).waitFor();
    await keyboard.press("ArrowDown");
    await keyboard.press("Enter");
    await keyboard.press("Enter");
    await closed(page);
    await row(page, "KB-2").waitFor({ state: "detached" });
    const rows = await sql`select code, zone_id from devices where code like 'KB-_' order by code`;
    expect(rows.map(({ zone_id }) => zone_id)).toEqual([to.id, to.id, from.id]);
    await tabTo(page, "Retire device KB-3");
    await keyboard.press("Enter");
    await dialog(page).waitFor();
    await tabTo(page, "Retire");
    await keyboard.press("Enter");
    await page.getByText("No device matches these filters.").waitFor();
    const [retired] = await sql`select retired_at from devices where code = 'KB-3'`;
    expect(retired!.retired_at).not.toBeNull();
  });

  test("more than a page of devices is paged through the address", async () => {
    const zone = await makeZone(accounts.sql, { code: "many", facilityId: accounts.harbour.id });
    for (let n = 101; n <= 160; n++)
      await makeDevice(accounts.sql, { code: `P-${n}`, zoneId: zone.id });
    const page = await open(
      `/estate/devices?zone=${zone.id}`,
      await makeUser(accounts.sql, "viewer"),
    );
    await page.getByText("1–50 of 60").waitFor();
    await page.getByRole("link", { name: "Next" }).click();
    await page.getByText("51–60 of 60").waitFor();
    await page.reload();
    await row(page, "P-160").waitFor();
    await until("ten rows", async () => (await page.locator("tbody tr").count()) === 10);
  });

  test("an address that names no place says so", async () => {
    const page = await open(
      "/estate/devices?facility=nowhere",
      await makeUser(accounts.sql, "viewer"),
    );
    await page.getByRole("heading", { name: "No such place" }).waitFor();
    await page.getByRole("link", { name: "Show all facilities" }).click();
    await page.getByRole("heading", { name: "All devices" }).waitFor();
  });
});

const PAGES = ["/estate", "/estate/zones", "/estate/devices", "/estate/targets?facility=harbour"];

test("a viewer reads every page and finds no button that changes anything; the API refuses them", async () => {
  const viewer = await signIn(await makeUser(accounts.sql, "viewer"));
  for (const path of PAGES) {
    const page = await open(path, viewer);
    await page.locator("main table").waitFor();
    const names = await page.locator("main button").allInnerTexts();
    expect(
      names.filter((name) => !["", "This week", "Filters"].includes(name)),
      path,
    ).toEqual([]);
    expect(await page.locator("main td input, main th input").count(), path).toBe(0);
  }
  const { post, patch, del } = api(accounts.url, { Cookie: sessionCookie(viewer.token) });
  const { id } = accounts.device;
  const answers = await Promise.all([
    post("/api/facilities", {}),
    patch(`/api/zones/${accounts.device.zoneId}`, {}),
    patch(`/api/devices/${id}`, {}),
    del(`/api/devices/${id}`),
    post("/api/devices/move", {}),
    post("/api/devices/import", {}),
    post("/api/targets", {}),
    post("/api/targets/copy", {}),
    post("/api/targets/import", {}),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(Array(9).fill(403));
});

const DIALOGS = [
  [
    "/estate",
    ["Edit facility meadow", "Retire facility meadow", "Delete facility spare", "New facility"],
  ],
  ["/estate/zones", ["Edit zone A", "New zone"]],
  ["/estate/devices", ["Edit device A-001", "New device", "Move to another zone", "Import CSV"]],
  ["/estate/targets?facility=harbour", ["Copy last week’s targets", "Import CSV"]],
] as const;

describe.each(LOOKS)("at $width px in $colorScheme", (view) => {
  test.each(DIALOGS)("the dialogs of %s have no barriers", async (path, openers) => {
    const page = await open(path, await signIn(await makeUser(accounts.sql, "manager"), view));
    if (path === "/estate/devices") await page.getByLabel("Select device A-001").check();
    for (const opener of openers) {
      await button(page, opener).click();
      await dialog(page).waitFor();
      await dialog(page).getByText("Loading").waitFor({ state: "detached" });
      const details = dialog(page).locator("details:not([open]) summary");
      if (await details.count()) await details.click();
      expect(await barriers(page, "[role=dialog]"), opener).toEqual([]);
      // The first Escape closes a list that is open in the dialog.
      await until("the dialog is closed", async () => {
        await page.keyboard.press("Escape");
        return (await dialog(page).count()) === 0;
      });
    }
  });
});
