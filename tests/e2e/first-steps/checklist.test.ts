import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { makeUser } from "@/tests/support/accounts";
import { api } from "@/tests/support/api";
import { secondsFromNow, until } from "@/tests/support/clock";
import { makeDevice, makeFacility, makeZone } from "@/tests/support/factories";
import { reading } from "@/tests/support/messages";
import { barriers, LOOKS, overflow } from "../support/accessibility";
import { button, dialog, shown } from "../support/account-pages";
import { untilInteractive } from "../support/browser";
import { lookNow, seen } from "../support/dashboard-page";
import { entranceUnderTest, type Installation } from "../support/entrance-under-test";

const { fresh, open } = entranceUnderTest();

const checklist = (page: Page) => page.locator("section[aria-labelledby=checklist-title]");
const step = (page: Page, name: string) =>
  checklist(page).getByRole("listitem").filter({ hasText: name });
const isDone = (page: Page, name: string) =>
  step(page, name).getByText("Done:").waitFor({ state: "attached" });
const field = (page: Page, name: string) =>
  dialog(page).getByRole("textbox", { name, exact: true });
const closed = (page: Page) => dialog(page).waitFor({ state: "detached" });

/** A fresh installation with an administrator. */
async function installed(): Promise<Installation & { admin: { id: number } }> {
  const at = await fresh();
  // Without the key that every test database has.
  await at.database.sql`delete from api_keys`;
  return { ...at, admin: await makeUser(at.database.sql, "admin") };
}
async function dashboard(at: Installation, as: { id: number }, look = {}): Promise<Page> {
  const { page } = await open("/", { at, as, ...look });
  await untilInteractive(page);
  return page;
}

describe("the checklist of a fresh installation", () => {
  test("leads from no facility to the first reading, ticked as it comes, and is gone then", async () => {
    const at = await installed();
    const page = await dashboard(at, at.admin);
    await button(step(page, "Add a facility"), "New facility").click();
    await field(page, "Name").fill("Harbour");
    await field(page, "Code").fill("HARBOUR");
    await dialog(page)
      .getByRole("button", { name: /^(Make|Create|Add) facility$/ })
      .click();
    await closed(page);
    await button(step(page, "Add a zone"), "New zone").click();
    await field(page, "Name").fill("Level 1");
    await field(page, "Code").fill("L1");
    await dialog(page)
      .getByRole("button", { name: /^(Make|Create|Add) zone$/ })
      .click();
    await closed(page);
    await isDone(page, "Add a zone");
    await button(step(page, "Add devices"), "New device").click();
    await field(page, "Code").fill("BAY-1");
    await dialog(page)
      .getByRole("button", { name: /^(Make|Create|Add) device$/ })
      .click();
    await closed(page);
    await isDone(page, "Add devices");
    await button(step(page, "Create a key"), "New key").click();
    await field(page, "Name").fill("First gateway");
    await dialog(page)
      .getByRole("button", { name: /^(Make|Create|Add) key$/ })
      .click();
    await dialog(page).getByText("Copy the secret now").waitFor();
    const secret = await shown(page, "Secret");
    await button(dialog(page), "I have copied it").click();
    await closed(page);
    await isDone(page, "Create a key");
    await step(page, "Receive the first reading").getByText("Waiting for a message").waitFor();
    const { post } = api(at.url, { Authorization: `Bearer ${secret}` });
    const sent = await post("/api/telemetry", reading("BAY-1", secondsFromNow(0)));
    expect(sent.status).toBe(201);
    await isDone(page, "Receive the first reading");
    await checklist(page).getByText("BAY-1 is connected.").waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "Needs attention" }).waitFor();
    expect(await checklist(page).count()).toBe(0);
  });

  test("opens the import of a list of devices, which may bring zones along", async () => {
    const at = await installed();
    await makeFacility(at.database.sql, { code: "HARBOUR" });
    const page = await dashboard(at, at.admin);
    await button(step(page, "Add devices"), "Import CSV").click();
    await dialog(page).getByText("Import devices").waitFor();
    await dialog(page).locator("input[type=file]").waitFor({ state: "attached" });
  });

  test("keeps a key's secret in view while the first reading comes in", async () => {
    const at = await installed();
    const zone = await makeZone(at.database.sql);
    await makeDevice(at.database.sql, { code: "BAY-1", zoneId: zone.id });
    const page = await dashboard(at, at.admin);
    await button(step(page, "Create a key"), "New key").click();
    await field(page, "Name").fill("First gateway");
    await dialog(page)
      .getByRole("button", { name: /^(Make|Create|Add) key$/ })
      .click();
    const secret = await shown(page, "Secret");
    const { post } = api(at.url, { Authorization: `Bearer ${secret}` });
    expect((await post("/api/telemetry", reading("BAY-1", secondsFromNow(0)))).status).toBe(201);
    await lookNow(page);
    await checklist(page).getByText("BAY-1 is connected.").waitFor();
    expect(await shown(page, "Secret")).toBe(secret);
  });

  test("offers no button to who can't do a step", async () => {
    const at = await installed();
    await makeFacility(at.database.sql);
    const page = await dashboard(at, await makeUser(at.database.sql, "viewer"));
    expect(await checklist(page).getByRole("listitem").count()).toBe(4);
    expect(await checklist(page).getByRole("button").allInnerTexts()).toEqual(["Dismiss"]);
    expect(await seen(step(page, "Add a zone"))).toContain(
      "A manager or an administrator does this.",
    );
  });

  test("stays dismissed for the user who dismissed it, and for no one else", async () => {
    const at = await installed();
    const page = await dashboard(at, at.admin);
    await button(checklist(page), "Dismiss").click();
    await until("it is gone", async () => (await checklist(page).count()) === 0);
    await page.reload();
    await page.getByRole("heading", { name: "Welcome to Smart Parking" }).waitFor();
    expect(await checklist(page).count()).toBe(0);
    const cookies = await page.context().cookies();
    const other = await dashboard(at, await makeUser(at.database.sql, "admin"));
    await other.context().addCookies(cookies.filter(({ name }) => !name.includes("session")));
    await other.reload();
    await checklist(other).waitFor();
  });

  test.each(LOOKS)("has no barriers at $width px in $colorScheme", async (look) => {
    const at = await installed();
    for (const facilities of [0, 1]) {
      if (facilities > 0) await makeFacility(at.database.sql);
      const page = await dashboard(at, at.admin, look);
      await checklist(page).waitFor();
      expect(await barriers(page, "main")).toEqual([]);
      expect(await overflow(page)).toBe(0);
    }
  });
});
