import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { makeKey, makeUser, sessionCookie, type TestUser } from "@/tests/support/accounts";
import { api } from "@/tests/support/api";
import { until } from "@/tests/support/clock";
import { barriers, LOOKS, overflow } from "../support/accessibility";
import { accountsUnderTest } from "../support/accounts-under-test";
import { lookNow, panel, seen } from "../support/dashboard-page";
import {
  charts,
  type DeviceEstate,
  makeDeviceEstate,
  onDate,
  pathOf,
} from "../support/device-estate";

const accounts = accountsUnderTest();
const { open, signIn, expectRefusal } = accounts;

let estate: DeviceEstate;
let admin: TestUser;

beforeAll(async () => {
  estate = await makeDeviceEstate(accounts.sql, accounts.url);
  admin = await makeUser(accounts.sql, "admin", { name: "Ada" });
});

describe("who sees what of a device", () => {
  test("a manager edits it and sees its keys, an administrator its changes", async () => {
    const { sql, url } = accounts;
    await makeKey(sql, { name: "the lift's own", deviceId: estate.device.id });
    const { token } = await signIn(admin);
    const { patch } = api(url, { Cookie: sessionCookie(token) });
    await patch(`/api/devices/${estate.silent.id}`, { name: "By the stairs" });
    const page = await open(
      pathOf(estate.device, `?facility=${estate.quay.code}`),
      await makeUser(sql, "manager"),
    );
    const href = (name: string) => page.getByRole("link", { name }).getAttribute("href");
    expect(await href("Edit")).toBe("/estate/devices?search=Q-1&facility=quay");
    expect(await href("All alerts of this device")).toBe("/alerts?device=Q-1&facility=quay");
    expect(await seen(panel(page, "Keys of this device"))).toContain("the lift's own");
    expect(await panel(page, "Changes to this device").count()).toBe(0);
    const asAdmin = await open(pathOf(estate.silent), admin);
    expect(await seen(panel(asAdmin, "Changes to this device"))).toContain("By the stairs");
  });

  test("a viewer sees neither keys nor changes, and can't edit", async () => {
    const page = await open(pathOf(estate.device), await makeUser(accounts.sql, "viewer"));
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
      const ids: Record<string, number | string> = {
        "out of reach": estate.device.id,
        unknown: 999_999,
      };
      const page = await open(`/devices/${ids[kind] ?? "Q-1"}`, limited);
      await page.getByRole("heading", { name: "No such device" }).waitFor();
      expectRefusal(page, 404);
    },
  );
});

describe("for everybody", () => {
  test.each(LOOKS)("has no barrier at $width px, $colorScheme", async (view) => {
    const page = await open(pathOf(estate.device, onDate), admin, view);
    await until("three charts", async () => (await charts(page).count()) === 3);
    for (const name of ["States as a table", "Figures as a table"]) {
      await page.getByText(name).click();
    }
    expect(await barriers(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });

  test("range, steps and figures can be reached and used by keyboard alone", async () => {
    const page = await open(pathOf(estate.device, onDate), admin);
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
      const page = await open(pathOf(estate.device), who);
      await page.getByRole("heading", { name: "Database unavailable" }).waitFor();
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
