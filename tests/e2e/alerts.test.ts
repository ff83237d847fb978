import { describe, expect, test } from "vitest";
import { makeUser, sessionCookie } from "@/tests/support/accounts";
import { api } from "@/tests/support/api";
import { until } from "@/tests/support/clock";
import { barriers, overflow } from "./support/accessibility";
import { button, dialog } from "./support/account-pages";
import { accountsUnderTest } from "./support/accounts-under-test";
import { alertEstate, raise } from "./support/alert-estate";
import { alertOf, tabTo, untilAlerts } from "./support/alerts-page";
import { lookNow, seen } from "./support/dashboard-page";

const accounts = accountsUnderTest();
const { open, signIn } = accounts;

const openCount = async (facilityId: number) =>
  (await api(accounts.url).get(`/api/alerts?facility=${facilityId}&state=open`)).body.length;

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
    expect(await openCount(facility.id)).toBe(1);
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
    expect(await openCount(facility.id)).toBe(2);
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
    expect(await openCount(facility.id)).toBe(1);
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
    expect(await seen(timeline.nth(2))).toContain("Acknowledgement taken back");
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
    expect(await openCount(facility.id)).toBe(0);
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
      expect(await page.getByRole("button", { name: /Acknowledge|Take back/ }).count()).toBe(0);
      expect(await page.locator("main").getByRole("checkbox").count()).toBe(0);
    }
    const client = api(accounts.url, { Cookie: sessionCookie(browser.token) });
    const message = { ids: [id] };
    expect((await client.post("/api/alerts/acknowledge", message)).status).toBe(403);
    expect((await client.post("/api/alerts/unacknowledge", message)).status).toBe(403);
    expect(await openCount(facility.id)).toBe(1);
  });
});

describe("the list", () => {
  test("groups alerts through the address; a group opens to its alerts", async () => {
    const { facility, devices, zone } = await alertEstate(accounts.sql, "Groups", 14);
    for (const device of devices) await raise(accounts.sql, device, 30, { type: "offline" });
    await raise(accounts.sql, devices[3]!, 5);
    const page = await open(
      `/alerts?facility=${facility.id}`,
      await makeUser(accounts.sql, "operator"),
    );
    await page.getByLabel("Group", { exact: true }).selectOption("By zone");
    const toggle = page.getByRole("link", { name: `Zone ${zone.code}` });
    expect(await toggle.getAttribute("aria-expanded")).toBe("false");
    const group = page.getByRole("listitem").filter({ has: toggle });
    expect(await seen(group)).toMatch(/Critical[\s\S]*15 alerts/);
    await toggle.click();
    await untilAlerts(page, 10);
    await page.reload();
    await untilAlerts(page, 10);
    await page.getByRole("link", { name: "Show all 15" }).click();
    await untilAlerts(page, 15);
    const query = Object.fromEntries(new URL(page.url()).searchParams);
    expect(query).toEqual({ facility: String(facility.id), zone: String(zone.id) });
    await page.getByLabel("Group", { exact: true }).selectOption("By device");
    const worst = page.getByRole("listitem").filter({ hasText: "Groups-004" });
    await button(worst, "Acknowledge 2: Groups-004").click();
    await button(dialog(page), "Acknowledge").click();
    await page.getByText("2 alerts acknowledged.").waitFor();
    await worst.waitFor({ state: "detached" });
    expect(await openCount(facility.id)).toBe(13);
  });

  test("shows new alerts by itself, but not under the hands of who selects", async () => {
    const { facility, devices } = await alertEstate(accounts.sql, "Stream");
    await raise(accounts.sql, devices[0]!, 5, { type: "offline" });
    const tooMuch = (code: string) =>
      api(accounts.url).post("/api/telemetry", {
        ...{ device_code: code, timestamp: new Date().toISOString(), voltage: 230, current: 12 },
      });
    const page = await open(
      `/alerts?facility=${facility.id}`,
      await makeUser(accounts.sql, "operator"),
    );
    await page.getByText("Live", { exact: true }).waitFor();
    await untilAlerts(page, 1);
    expect((await tooMuch("Stream-002")).status).toBe(201);
    await untilAlerts(page, 2);
    await page.getByLabel("Select: Offline at Stream-001").check();
    expect((await tooMuch("Stream-003")).status).toBe(201);
    await button(page, "1 new alert · Show").waitFor();
    expect(await alertOf(page, "Stream-003").count()).toBe(0);
    await button(page, "1 new alert · Show").click();
    await untilAlerts(page, 3);
    expect(await page.getByLabel("Select: Offline at Stream-001").isChecked()).toBe(true);
    expect(await button(page, /Show$/).count()).toBe(0);
  });

  test("says that all is quiet, that nothing matches, and that there is no such facility", async () => {
    const { facility } = await alertEstate(accounts.sql, "Calm");
    const viewer = await signIn(await makeUser(accounts.sql, "viewer"));
    const page = await open(`/alerts?facility=${facility.id}`, viewer);
    await page.getByText("All quiet").waitFor();
    await page.getByLabel("Type").selectOption("Offline");
    await page.getByText("No alert matches these filters.").waitFor();
    await button(page, "Clear filters").click();
    await page.getByText("All quiet").waitFor();
    const nowhere = await open("/alerts?facility=nowhere", viewer);
    await nowhere.getByRole("heading", { name: "There is no such facility" }).waitFor();
    // There is no live stream of it either.
    await until("the refusal", () => accounts.watched.some(({ errors }) => errors.length > 0));
    accounts.expectRefusal(nowhere, 400);
  });

  test("says that the database is away, and comes by itself when it is back", async () => {
    const viewer = await signIn(await makeUser(accounts.sql, "viewer"));
    accounts.relay.cut();
    try {
      const page = await open("/alerts", viewer);
      await page.getByRole("heading", { name: "The database is away" }).waitFor();
      accounts.relay.mend();
      await until("the page", async () => {
        await lookNow(page);
        return (await page.getByRole("heading", { name: "Alerts", exact: true }).count()) > 0;
      });
    } finally {
      accounts.relay.mend();
    }
    // The browser itself reports the 503s of the outage, if it has seen any.
    for (const { errors } of accounts.watched) {
      expect(errors.filter((error) => !error.includes("503"))).toEqual([]);
      errors.length = 0;
    }
  });
});

describe("an alert", () => {
  test("shows values and limit, the readings around it, and the device's other alerts", async () => {
    const { devices } = await alertEstate(accounts.sql, "Detail");
    const code = devices[0]!.code;
    const now = Date.now();
    for (const [n, current] of [1, 2, 12, 3].entries()) {
      const timestamp = new Date(now - 40_000 + n * 10_000).toISOString();
      const message = { device_code: code, timestamp, voltage: 230, current };
      expect((await api(accounts.url).post("/api/telemetry", message)).status).toBe(201);
    }
    await raise(accounts.sql, devices[0]!, 90, { type: "offline" });
    const [{ id }] = (await api(accounts.url).get(`/api/alerts?device=${code}`)).body;
    const page = await open(`/alerts/${id}`, await makeUser(accounts.sql, "operator"));
    const facts = await seen(page.getByRole("region", { name: "What happened" }));
    expect(facts.replace(/\s+/g, " ")).toContain("Power 2,760 W Limit 2,000 W Voltage 230 V");
    expect(facts).toContain("(UTC+1)");
    const readings = page.getByRole("region", { name: "Readings around it" });
    await readings.getByText("1 of 4 readings above the limit of 2,000 W").waitFor();
    await readings.locator("canvas").waitFor();
    await readings.getByText("Readings as a table").click();
    expect(await readings.locator("tbody tr").count()).toBe(4);
    expect(await seen(readings.locator("tbody tr").nth(2))).toMatch(/2,760 W\s+Above/);
    await page.getByRole("link", { name: "Offline" }).click();
    await page.getByRole("heading", { name: `Offline at ${code}` }).waitFor();
    await button(page, /^Acknowledge/).click();
    await button(dialog(page), "Acknowledge").click();
    await button(page, /^Take back/).click();
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

describe("without barriers", () => {
  const views = [1440, 390].flatMap((width) =>
    (["light", "dark"] as const).map((colorScheme) => ({ width, colorScheme })),
  );
  test.each(views)(
    "at $width px in $colorScheme",
    async (view) => {
      const name = `Axe${view.width}${view.colorScheme}`;
      const { facility, devices, zone } = await alertEstate(accounts.sql, name);
      const calm = await alertEstate(accounts.sql, `${name}Calm`, 1);
      const id = await raise(accounts.sql, devices[0]!, 5);
      await raise(accounts.sql, devices[1]!, 9, { type: "offline", acknowledgedAt: "2025-01-01" });
      await raise(accounts.sql, devices[2]!, 9, { type: "offline" });
      const browser = await signIn(await makeUser(accounts.sql, "operator"), view);
      for (const path of [
        `/alerts?facility=${facility.id}&state=all`,
        `/alerts?facility=${facility.id}&group=zone&opened=${zone.id}`,
        `/alerts?facility=${calm.facility.id}`,
        `/alerts/${id}`,
      ]) {
        const page = await open(path, browser);
        expect(await barriers(page), path).toEqual([]);
        expect(await overflow(page), path).toBe(0);
      }
      const page = await open(`/alerts?facility=${facility.id}`, browser);
      await page.getByLabel(/^Select all 2/).check();
      await button(page, "Acknowledge 2 alerts").click();
      await dialog(page).waitFor();
      expect(await barriers(page, "[role=dialog]")).toEqual([]);
      await button(dialog(page), "Acknowledge").click();
      await button(page, "Undo").waitFor();
      expect(await barriers(page)).toEqual([]);
      await button(page, /^Tell me about new alerts/).click();
      await page.getByLabel("Play a sound").waitFor();
      expect(await barriers(page, "[role=dialog]")).toEqual([]);
    },
    120_000,
  );
});
