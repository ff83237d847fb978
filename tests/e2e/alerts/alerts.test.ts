import { describe, expect, test } from "vitest";
import { makeUser, sessionCookie } from "@/tests/support/accounts";
import { api } from "@/tests/support/api";
import { until } from "@/tests/support/clock";
import { button, dialog } from "../support/account-pages";
import { accountsUnderTest } from "../support/accounts-under-test";
import { alertEstate, openCount, raise } from "../support/alert-estate";
import { alertOf, tabTo, untilAlerts } from "../support/alerts-page";
import { seen } from "../support/dashboard-page";

const accounts = accountsUnderTest();
const { open, signIn } = accounts;

describe("find an alert, acknowledge it, undo", () => {
  test("with the mouse", async () => {
    const { facility, devices } = await alertEstate(accounts.sql, "Mouse");
    await raise(accounts.sql, devices[0]!, 5);
    await raise(accounts.sql, devices[1]!, 9, { type: "offline" });
    const operator = await makeUser(accounts.sql, "operator");
    const page = await open(`/alerts?facility=${facility.id}`, operator);
    await untilAlerts(page, 2);
    await page.getByLabel("Severity").selectOption("Critical");
    await untilAlerts(page, 1);
    await page.getByRole("searchbox").fill("mouse-001");
    await page.waitForURL(/search=mouse-001/);
    await button(alertOf(page, "Mouse-001"), "Acknowledge: High power at Mouse-001").click();
    await page.getByLabel("Comment").fill("I am on my way");
    await button(dialog(page), "Acknowledge").click();
    await page.getByText("1 alert acknowledged.").waitFor();
    await page.getByText("No alert matches these filters.").waitFor();
    expect(await openCount(accounts.url, facility.id)).toBe(1);
    await page.getByRole("link", { name: /^Acknowledged/ }).click();
    await page.getByText("“I am on my way”").waitFor();
    expect(await seen(alertOf(page, "Mouse-001"))).toContain(`by ${operator.email}`);
    await button(page, "Undo").click();
    await page.getByText("1 alert open again.").waitFor();
    await page.getByText("No alert matches these filters.").waitFor();
    await page.getByRole("link", { name: /^Open/ }).click();
    await untilAlerts(page, 1);
    const query = Object.fromEntries(new URL(page.url()).searchParams);
    expect(query).toEqual({
      ...{ facility: String(facility.id), severity: "CRITICAL", search: "mouse-001" },
    });
    expect(await openCount(accounts.url, facility.id)).toBe(2);
  });

  test("by keyboard alone", async () => {
    const { facility, devices } = await alertEstate(accounts.sql, "Keys");
    const id = await raise(accounts.sql, devices[0]!, 5);
    await raise(accounts.sql, devices[1]!, 9, { type: "offline" });
    const page = await open(
      `/alerts?facility=${facility.id}`,
      await makeUser(accounts.sql, "operator"),
    );
    await tabTo(page, "Search");
    await page.keyboard.type("Keys-001");
    await page.keyboard.press("Enter");
    await untilAlerts(page, 1);
    await tabTo(page, /^Select: High power at Keys-001/);
    await page.keyboard.press("Space");
    await page.getByText("1 selected").waitFor();
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await dialog(page).waitFor();
    await page.keyboard.type("Seen");
    await tabTo(page, "Acknowledge");
    await page.keyboard.press("Enter");
    await page.getByText("1 alert acknowledged.").waitFor();
    expect(await openCount(accounts.url, facility.id)).toBe(1);
    await until("the focus on Undo", () =>
      page.evaluate(() => document.activeElement?.textContent === "Undo"),
    );
    await page.keyboard.press("Enter");
    await untilAlerts(page, 1);
    await until("the focus on the heading", () =>
      page.evaluate(() => document.activeElement?.textContent === "Alerts"),
    );
    await tabTo(page, "High power");
    await page.keyboard.press("Enter");
    await page.waitForURL(new RegExp(`/alerts/${id}\\?facility=${facility.id}$`));
    const timeline = page.getByRole("region", { name: "Timeline" }).getByRole("listitem");
    await until("three entries", async () => (await timeline.count()) === 3);
    expect(await seen(timeline.nth(1))).toContain("Seen");
    expect(await seen(timeline.nth(2))).toContain("Acknowledgement undone");
  });

  test("for all that match, also those on other pages", async () => {
    const { facility, devices } = await alertEstate(accounts.sql, "Many", 60);
    for (const device of devices) await raise(accounts.sql, device, 30, { type: "offline" });
    const page = await open(
      `/alerts?facility=${facility.id}`,
      await makeUser(accounts.sql, "operator"),
    );
    await page.getByText("1–50 of 60").waitFor();
    await page.getByLabel("Select all 50 open on this page").check();
    await button(page, "Acknowledge 50 alerts").waitFor();
    await button(page, "Select all 60 that match").click();
    await button(page, "Acknowledge 60 alerts").click();
    await button(dialog(page), "Acknowledge").click();
    await page.getByText("60 alerts acknowledged.").waitFor();
    await page.getByText("All quiet").waitFor();
    expect(await openCount(accounts.url, facility.id)).toBe(0);
    await button(page, "Undo").click();
    await page.getByText("60 alerts open again.").waitFor();
    await page.getByRole("link", { name: "Next" }).click();
    await page.getByText("51–60 of 60").waitFor();
  });

  test("is not for a viewer: no buttons, and 403", async () => {
    const { facility, devices } = await alertEstate(accounts.sql, "Viewer");
    const id = await raise(accounts.sql, devices[0]!, 5);
    const viewer = await makeUser(accounts.sql, "viewer");
    const browser = await signIn(viewer);
    const list = await open(`/alerts?facility=${facility.id}`, browser);
    await untilAlerts(list, 1);
    const one = await open(`/alerts/${id}`, browser);
    await one.getByRole("heading", { name: "High power at Viewer-001" }).waitFor();
    for (const page of [list, one]) {
      expect(
        await page.getByRole("button", { name: /Acknowledge|Undo acknowledgement/ }).count(),
      ).toBe(0);
      expect(await page.locator("main").getByRole("checkbox").count()).toBe(0);
    }
    const client = api(accounts.url, { Cookie: sessionCookie(browser.token) });
    const message = { ids: [id] };
    expect((await client.post("/api/alerts/acknowledge", message)).status).toBe(403);
    expect((await client.post("/api/alerts/unacknowledge", message)).status).toBe(403);
    expect(await openCount(accounts.url, facility.id)).toBe(1);
  });
});

describe("an alert", () => {
  test("shows the reading that raised it, the peak, the latest, the readings around the raise, and the device's other alerts", async () => {
    const { devices } = await alertEstate(accounts.sql, "Detail");
    const code = devices[0]!.code;
    const now = Date.now();
    for (const [n, current] of [1, 2, 12, 15, 9, 3].entries()) {
      const timestamp = new Date(now - 60_000 + n * 10_000).toISOString();
      const message = { device_code: code, timestamp, voltage: 230, current };
      expect((await api(accounts.url).post("/api/telemetry", message)).status).toBe(201);
    }
    await raise(accounts.sql, devices[0]!, 90, { type: "offline" });
    const [{ id }] = (await api(accounts.url).get(`/api/alerts?device=${code}`)).body;
    const page = await open(`/alerts/${id}`, await makeUser(accounts.sql, "operator"));
    const happened = await seen(page.getByRole("region", { name: "What happened" }));
    const facts = happened.replace(/\s+/g, " ");
    expect(facts).toContain("Triggered 3 times, last");
    expect(facts).toMatch(/Raised by 2,760 W \(230 V, 12 A\) .*Peak 3,450 W \(230 V, 15 A\) /);
    expect(facts).toMatch(/Latest 2,070 W \(230 V, 9 A\) .*Power limit 2,000 W/);
    expect(facts).toContain("(UTC+1)");
    const readings = page.getByRole("region", { name: "Readings around the alert" });
    await readings.getByText("3 of 6 readings above the limit of 2,000 W").waitFor();
    await readings.locator("canvas").waitFor();
    await readings.getByText("Readings as a table").click();
    expect(await readings.locator("tbody tr").count()).toBe(6);
    expect(await seen(readings.locator("tbody tr[data-raised]"))).toMatch(/2,760 W\s+Above/);
    await page.getByRole("link", { name: "Offline" }).click();
    await page.getByRole("heading", { name: `Offline at ${code}` }).waitFor();
    await button(page, /^Acknowledge/).click();
    await button(dialog(page), "Acknowledge").click();
    await button(page, /^Undo acknowledgement/).click();
    await page.getByText("1 alert open again.").waitFor();
    await button(page, /^Acknowledge/).waitFor();
  });

  test("of another facility, or of none, is not found", async () => {
    const { facility } = await alertEstate(accounts.sql, "Mine");
    const { devices } = await alertEstate(accounts.sql, "Theirs");
    const id = await raise(accounts.sql, devices[0]!, 5);
    const user = await makeUser(accounts.sql, "operator", { facilityIds: [facility.id] });
    const { token } = await signIn(user);
    const client = api(accounts.url, { Cookie: sessionCookie(token) });
    for (const path of [`/alerts/${id}`, "/alerts/999999", "/alerts/x", "/alerts/99999999999"]) {
      expect([path, (await client.get(path)).status]).toEqual([path, 404]);
    }
    expect((await client.get("/alerts")).body).not.toContain("Theirs-001");
  });
});
