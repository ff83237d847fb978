import { describe, expect, test } from "vitest";
import { api } from "@/tests/support/api";
import { reading } from "@/tests/support/messages";
import { button, closeShown, dialog, makeKeyInBrowser, row } from "../support/account-pages";
import { FIRST_PASSWORD, fillAdministrator, openUserMenu } from "../support/entrance-page";
import { entranceUnderTest } from "../support/entrance-under-test";

const { open, fresh } = entranceUnderTest();
const SUBMIT = "Set up and sign in";

describe("the first start", () => {
  test("every page leads to set-up, which makes an administrator, signs them in, and is closed", async () => {
    const at = await fresh();
    const { page } = await open("/", { at, timezoneId: "Asia/Shanghai" });
    for (const path of ["/users?status=active", "/nowhere", "/sign-in", "/invite/abc", "/"]) {
      await page.goto(at.url + path);
      expect(page.url()).toBe(`${at.url}/setup`);
    }
    await fillAdministrator(page);
    await page.getByText("25 characters: long enough.").waitFor();
    await page.getByLabel("Name of the facility").fill("Harbour");
    await page.getByLabel("Code").fill("HARBOUR");
    expect(await page.getByRole("combobox", { name: "Time zone" }).inputValue()).toBe(
      "Asia/Shanghai",
    );
    await page.getByRole("button", { name: SUBMIT }).click();
    await page.waitForURL(`${at.url}/`);
    expect(await openUserMenu(page)).toEqual([
      ...["Ada Wong", "ada@example.com", "Administrator", "Profile", "Sign out"],
    ]);
    const [facility] = await at.database.sql`select code, name, time_zone from facilities`;
    expect(facility).toEqual({ code: "HARBOUR", name: "Harbour", time_zone: "Asia/Shanghai" });
    await page.goto(`${at.url}/setup`);
    expect(page.url()).toBe(`${at.url}/`);
  });

  test("leads to the first reading on screen, without leaving the browser but for the device", async () => {
    const at = await fresh();
    const { page } = await open("/", { at, timezoneId: "Europe/Vienna" });
    await fillAdministrator(page);
    await page.getByLabel("Name of the facility").fill("Harbour");
    await page.getByLabel("Code").fill("HARBOUR");
    await page.getByRole("button", { name: SUBMIT }).click();
    await page.waitForURL(`${at.url}/`);
    await page.getByRole("link", { name: "Facilities", exact: true }).click();
    await page.getByRole("link", { name: "Zones", exact: true }).click();
    await button(page, "New zone").click();
    await dialog(page).getByRole("textbox", { name: "Name" }).fill("Level 1");
    await dialog(page).getByRole("textbox", { name: "Code" }).fill("L1");
    await button(dialog(page), "Create zone").click();
    await row(page, /^Level 1/).waitFor();
    await page.getByRole("link", { name: "Devices", exact: true }).click();
    await button(page, "New device").click();
    await dialog(page).getByRole("textbox", { name: "Code" }).fill("BAY-1");
    await dialog(page).getByRole("combobox", { name: "Zone" }).fill("level");
    await page.getByRole("option", { name: /Level 1/ }).click();
    await button(dialog(page), "Create device").click();
    await row(page, "BAY-1").waitFor();
    await page.getByRole("link", { name: "Settings", exact: true }).click();
    const secret = await makeKeyInBrowser(page, "First gateway");
    await closeShown(page);
    await page.getByRole("link", { name: "Live", exact: true }).click();
    const bay = page.getByRole("row").filter({ hasText: "BAY-1" });
    await bay.getByText("Never connected").waitFor();
    const { post } = api(at.url, { Authorization: `Bearer ${secret}` });
    const sent = reading("BAY-1", new Date().toISOString(), { voltage: 231.5 });
    expect((await post("/api/telemetry", sent)).status).toBe(201);
    await bay.getByText("231.5 V").waitFor();
  });

  test("what is wrong stands at its field, and the first one takes the focus", async () => {
    const at = await fresh();
    const { page } = await open("/setup", { at, expected: /status of 400/ });
    await page.getByLabel("E-mail address").fill("ada");
    await page.getByLabel("Name", { exact: true }).fill("Ada Wong");
    await page.getByRole("textbox", { name: "Password", exact: true }).fill("short");
    await page.getByRole("button", { name: SUBMIT }).click();
    await page.getByText("Must be an e-mail address.").waitFor();
    await page.getByText("At least 10 characters.", { exact: true }).waitFor();
    const faulty = page.locator("[aria-invalid=true]");
    expect(await faulty.evaluateAll((fields) => fields.map((f) => f.getAttribute("name")))).toEqual(
      [...["email", "password", "facility.name", "facility.code"]],
    );
    expect(await faulty.first().evaluate((f) => f === document.activeElement)).toBe(true);
  });

  test("the time zone is found by words, the facility can be skipped, the demo asked for", async () => {
    const at = await fresh();
    const { page } = await open("/setup", { at });
    await fillAdministrator(page);
    const zone = page.getByRole("combobox", { name: "Time zone" });
    await zone.fill("new york");
    await page.getByRole("option", { name: "America/New_York" }).click();
    expect(await zone.inputValue()).toBe("America/New_York");
    await page.getByLabel("Skip the facility for now").check();
    expect(await zone.count()).toBe(0);
    await page.getByLabel("Add demo data to explore").check();
    const sent = page.waitForRequest("**/api/setup");
    await page.getByRole("button", { name: SUBMIT }).click();
    expect((await sent).postDataJSON()).toEqual({
      ...{ name: "Ada Wong", email: "ada@example.com", password: FIRST_PASSWORD },
      ...{ facility: null, demo: true },
    });
    await page.waitForURL(`${at.url}/`);
  });

  test("of two who set up at once one is told that it is closed", async () => {
    const at = await fresh();
    const [first, second] = [
      await open("/setup", { at }),
      await open("/setup", { at, expected: /status of 409/ }),
    ];
    for (const { page } of [first, second]) {
      await fillAdministrator(page);
      await page.getByLabel("Skip the facility for now").check();
      await page.getByRole("button", { name: SUBMIT }).click();
      if (page === first.page) await page.waitForURL(`${at.url}/`);
    }
    await second.page.getByRole("heading", { name: "Set-up is closed" }).waitFor();
    await second.page.getByRole("link", { name: "Go to sign-in" }).click();
    await second.page.waitForURL(`${at.url}/sign-in`);
  });
});
