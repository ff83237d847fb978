import { describe, expect, test } from "vitest";
import { makeKey, makeUser } from "@/tests/support/accounts";
import { api } from "@/tests/support/api";
import { until } from "@/tests/support/clock";
import {
  button,
  closeShown,
  dialog,
  makeKeyInBrowser,
  rotateInBrowser,
  row,
  shown,
} from "../support/account-pages";
import { accountsUnderTest } from "../support/accounts-under-test";
import { seen } from "../support/dashboard-page";

const accounts = accountsUnderTest();
const { open, expectRefusal } = accounts;

let readings = 0;
/** The status that a reading gets which is sent with this secret. */
async function sendWith(secret: string): Promise<number> {
  const timestamp = new Date(Date.UTC(2024, 0, 1, 0, 0, ++readings)).toISOString();
  const reading = { device_code: "A-001", timestamp, voltage: 230, current: 1 };
  const { post } = api(accounts.url, { Authorization: `Bearer ${secret}` });
  return (await post("/api/telemetry", reading)).status;
}

describe("keys", () => {
  test("a key that is made in the browser sends readings, and its secret is shown once", async () => {
    const page = await open("/keys", await makeUser(accounts.sql, "manager"));
    const secret = await makeKeyInBrowser(page, "Gateway north");
    expect(await sendWith(secret)).toBe(201);
    const command = await until("the example", async () => {
      const text = await shown(page, "Send a reading with it");
      return text.includes('"A-001"') && text;
    });
    expect(command).toContain(`curl -X POST '${accounts.url}/api/telemetry'`);
    expect(command).toContain(`-H 'Authorization: Bearer ${secret}'`);
    expect(command).toContain(`"timestamp":"'$(date -u +%FT%TZ)'"`);
    await page.keyboard.press("Escape");
    expect(await dialog(page).count()).toBe(1);
    await closeShown(page);
    await until("the focus on what opened the dialog", () =>
      page.evaluate(() => document.activeElement?.textContent === "New key"),
    );
    const text = await seen(row(page, /^Gateway north/));
    expect(text).toContain(secret.slice(0, 8));
    expect(text).not.toContain(secret.slice(0, 9));
    expect(text).toMatch(/Active\s+ingest\s+all facilities/);
  });

  test("while a rotated key's secrets overlap both work; without overlap the old one is refused", async () => {
    const { secret: first } = await makeKey(accounts.sql, { name: "Rotated" });
    const page = await open("/keys", await makeUser(accounts.sql, "manager"));
    const second = await rotateInBrowser(page, "Rotated", "1 day");
    expect(await Promise.all([first, second].map(sendWith))).toEqual([201, 201]);
    await closeShown(page);
    await until("the end of the old one", async () =>
      (await seen(row(page, /^Rotated/))).includes("expires in 1 d"),
    );
    const third = await rotateInBrowser(page, "Rotated", "No overlap: it stops working now");
    expect(await Promise.all([first, second, third].map(sendWith))).toEqual([401, 401, 201]);
  });

  test("a revoked key is refused, goes to the end and can't be changed", async () => {
    const { secret } = await makeKey(accounts.sql, { name: "Lost" });
    const page = await open("/keys", await makeUser(accounts.sql, "manager"));
    expect(await sendWith(secret)).toBe(201);
    await button(page, "Revoke Lost").click();
    await dialog(page).getByText("stops working at once").waitFor();
    await button(dialog(page), "Revoke key").click();
    await row(page, /^Lost/).getByText("Revoked").waitFor();
    expect(await sendWith(secret)).toBe(401);
    expect(await row(page, /^Lost/).getByRole("button").count()).toBe(0);
    expect(await seen(page.locator("tbody tr").last())).toContain("Revoked");
    await until("the focus on the heading", () =>
      page.evaluate(() => document.activeElement?.tagName === "H1"),
    );
  });

  test("a key gets another name and an end; an end that has passed is refused", async () => {
    await makeKey(accounts.sql, { name: "Old name" });
    const page = await open("/keys", await makeUser(accounts.sql, "manager"));
    await button(page, "Edit Old name").click();
    await dialog(page).getByRole("textbox", { name: "Name" }).fill("New name");
    await dialog(page).getByLabel("Expires after").fill("2999-12-31");
    await page.keyboard.press("Tab");
    await button(dialog(page), "Save").click();
    await until("the end", async () => (await seen(row(page, /^New name/))).includes("2999-12-31"));
    await button(page, "New key").click();
    await dialog(page).getByRole("textbox", { name: "Name" }).fill("Too late");
    await dialog(page).getByLabel("Expires after").fill("2020-01-01");
    await page.keyboard.press("Tab");
    await button(dialog(page), "Create key").click();
    await dialog(page).getByText("Must be in the future.").waitFor();
    expectRefusal(page, 400);
  });

  test("a key for one device is found by its code, and reaches nothing else", async () => {
    const page = await open("/keys", await makeUser(accounts.sql, "manager"));
    await button(page, "New key").click();
    await dialog(page).getByRole("textbox", { name: "Name" }).fill("Bay sensor");
    await dialog(page).getByLabel("Access").selectOption("One device");
    await dialog(page).getByRole("combobox", { name: "Device" }).fill("a-00");
    await page.getByRole("option", { name: "A-001 · zone A" }).click();
    await button(dialog(page), "Create key").click();
    await dialog(page).getByText("Copy the secret now").waitFor();
    await closeShown(page);
    await until("its place", async () =>
      (await seen(row(page, /^Bay sensor/))).includes("device A-001"),
    );
  });

  test("a manager of one facility sees and makes its keys alone", async () => {
    const { sql, harbour, meadow } = accounts;
    await makeKey(sql, { name: "Of the harbour", facilityId: harbour.id });
    await makeKey(sql, { name: "Of the meadow", facilityId: meadow.id });
    await makeKey(sql, { name: "Of everything" });
    const manager = await makeUser(sql, "manager", { facilityIds: [meadow.id] });
    const page = await open("/keys", manager);
    expect(await page.getByRole("rowheader").count()).toBe(1);
    expect(await seen(page.getByRole("rowheader"))).toContain("Of the meadow");
    await button(page, "New key").click();
    await dialog(page).getByLabel("Access").waitFor();
    const places = await dialog(page).getByLabel("Access").locator("option").allTextContents();
    expect(places).not.toContain("All facilities");
    const facility = dialog(page).getByLabel("Facility", { exact: true });
    await facility.waitFor();
    expect(await facility.locator("option").allTextContents()).toEqual(["meadow · Meadow"]);
  });

  test("a search narrows the list down through the address", async () => {
    await makeKey(accounts.sql, { name: "Needle" });
    await makeKey(accounts.sql, { name: "Hay" });
    const page = await open("/keys", await makeUser(accounts.sql, "manager"));
    await page.getByRole("searchbox", { name: "Search" }).fill("nEEdle");
    await page.getByText(/^1 of \d+ keys match$/).waitFor();
    expect(new URL(page.url()).search).toBe("?search=nEEdle");
    expect(await seen(page.getByRole("rowheader"))).toContain("Needle");
  });
});
