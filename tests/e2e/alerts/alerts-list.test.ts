import { describe, expect, test } from "vitest";
import { makeUser } from "@/tests/support/accounts";
import { api } from "@/tests/support/api";
import { until } from "@/tests/support/clock";
import { barriers, LOOKS, overflow } from "../support/accessibility";
import { button, dialog } from "../support/account-pages";
import { accountsUnderTest } from "../support/accounts-under-test";
import { alertEstate, openCount, raise } from "../support/alert-estate";
import { alertOf, untilAlerts } from "../support/alerts-page";
import { lookNow, seen } from "../support/dashboard-page";

const accounts = accountsUnderTest();
const { open, signIn } = accounts;

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
    expect(await openCount(accounts.url, facility.id)).toBe(13);
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
    await page
      .getByRole("status")
      .filter({ hasText: /^Live$/ })
      .waitFor();
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
    await nowhere.getByRole("heading", { name: "No such facility" }).waitFor();
  });

  test("says that the database is away, and comes by itself when it is back", async () => {
    const viewer = await signIn(await makeUser(accounts.sql, "viewer"));
    accounts.relay.cut();
    try {
      const page = await open("/alerts", viewer);
      await page.getByRole("heading", { name: "Database unavailable" }).waitFor();
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

describe("without barriers", () => {
  test.each(LOOKS)(
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
      await button(page, /^Notification settings/).click();
      await page.getByLabel("Play a sound").waitFor();
      expect(await barriers(page, "[role=dialog]")).toEqual([]);
    },
    120_000,
  );
});
