import { describe, expect, test } from "vitest";
import { api } from "@/tests/support/api";
import { secondsFromNow, until } from "@/tests/support/clock";
import { makeDevice, makeFacility, makeZone } from "@/tests/support/factories";
import { highPower, parkingLog, reading } from "@/tests/support/messages";
import { barriers, LOOKS, overflow } from "../support/accessibility";
import { card, lookNow, panel, seen } from "../support/dashboard-page";
import { dashboardUnderTest } from "../support/dashboard-under-test";

const dashboard = dashboardUnderTest();
const { open, openAsOperator } = dashboard;

type Page = Awaited<ReturnType<typeof open>>;
const attention = (page: Page) => panel(page, "Needs attention");
const ofKind = (page: Page, kind: string) =>
  attention(page).getByRole("region", { name: new RegExp(`^${kind}`) });
const codes = (page: Page, kind: string) =>
  ofKind(page, kind).getByRole("listitem").getByRole("link").allInnerTexts();
const send = async (path: string, message: object) =>
  expect((await api(dashboard.url).post(path, message)).status).toBe(201);

describe("needs attention", () => {
  test("stands before all figures, the oldest first, each a link to it", async () => {
    await send("/api/telemetry", reading("A-05", secondsFromNow(-7_200)));
    await send("/api/telemetry", reading("A-06", secondsFromNow(-9_000)));
    const page = await open();
    const top = async (part: ReturnType<typeof panel>) => (await part.boundingBox())!.y;
    const firstCard = page.locator("dl > div").first();
    expect(await top(attention(page))).toBeLessThan(await top(firstCard));
    expect(await codes(page, "Offline")).toEqual(["A-06", "A-05"]);
    expect(await codes(page, "Critical")).toEqual(["A-01"]);
    const device = ofKind(page, "Offline").getByRole("link", { name: "A-06" });
    expect(await device.getAttribute("href")).toMatch(/^\/devices\/\d+$/);
    const alert = ofKind(page, "Critical").getByRole("link", { name: "A-01" });
    expect(await alert.getAttribute("href")).toMatch(/^\/alerts\/\d+$/);
    expect(await seen(ofKind(page, "Critical"))).toContain("High power");
  });

  test("lists the first of very many, and leads to all of them", async () => {
    const page = await open();
    expect(await codes(page, "Never connected")).toHaveLength(5);
    await page.getByRole("link", { name: "Show all 54 never connected devices" }).click();
    await page.waitForURL("**/live?state=never");
    await page.getByText("54 of 60 devices").waitFor();
  });

  test("says so when nothing does", async () => {
    const { sql } = dashboard;
    const facility = await makeFacility(sql, { timeZone: "Asia/Shanghai" });
    const zone = await makeZone(sql, { facilityId: facility.id });
    const device = await makeDevice(sql, { zoneId: zone.id });
    await send("/api/telemetry", reading(device.code, secondsFromNow(0)));
    const page = await open(`?facility=${facility.id}`);
    await attention(page).getByText("Nothing needs attention.").waitFor();
    await sql`delete from device_state where device_id = ${device.id}`;
    await sql`delete from devices where id = ${device.id}`;
  });

  test("follows what happens, without a reload", async () => {
    const page = await open();
    const critical = await codes(page, "Critical");
    await page.evaluate("document.body.dataset.stays = 'yes'");
    await send("/api/telemetry", highPower("B-07", secondsFromNow(0)));
    await lookNow(page);
    await until("the alert", async () => (await codes(page, "Critical")).includes("B-07"));
    expect(await codes(page, "Critical")).toEqual([...critical, "B-07"]);
    expect(await page.evaluate(() => document.body.dataset.stays)).toBe("yes");
  });

  test.each(LOOKS)("has no barriers at $width px in $colorScheme", async (look) => {
    const page = await open("", look);
    await attention(page).waitFor();
    expect(await barriers(page, "main")).toEqual([]);
    expect(await overflow(page)).toBe(0);
  });
});

describe("a counter", () => {
  test("leads to a list of just as many", async () => {
    await send("/api/telemetry", reading("A-10", secondsFromNow(0)));
    await send("/api/parking-log", parkingLog("A-10", secondsFromNow(0), true));
    await send("/api/telemetry", reading("B-10", secondsFromNow(0)));
    await send("/api/parking-log", parkingLog("B-10", secondsFromNow(0), false));
    const page = await openAsOperator(`?facility=${dashboard.estate.facility.id}`);
    const links = await page.locator("main dl a, main td a").evaluateAll((all) =>
      all
        .filter((link) => !link.closest("[aria-labelledby=heartbeat-title]"))
        .map((link) => ({
          count: Number(/[\d,]+/.exec(link.textContent ?? "")?.[0].replace(",", "")),
          href: (link as HTMLAnchorElement).href,
        })),
    );
    const live = links.filter(({ href }) => new URL(href).pathname === "/live");
    expect(live.length).toBeGreaterThan(8);
    for (const { count, href } of live) {
      await page.goto(href);
      const devices = page.locator("main p strong").first();
      await until(`${count} devices at ${href}`, async () => {
        const text = await seen(devices);
        return text === `${count} of 60 devices` || text === `${count} devices`;
      });
    }
    const events = links.filter(({ href }) => new URL(href).pathname === "/reports");
    expect(events.map(({ count }) => count)).toEqual([2, 1, 1]);
  });

  test("of events is no link for who may not see the list", async () => {
    const page = await open();
    expect(await card(page, "Parking events").getByRole("link").count()).toBe(0);
  });

  test("on Live narrows the list down to what it counts", async () => {
    const page = await open();
    await page.goto(`${dashboard.url}/live`);
    const counter = page.locator("main").getByRole("link", { name: /^\d+ never connected$/ });
    const count = Number.parseInt(await seen(counter), 10);
    await counter.click();
    await page.getByText(`${count} of 60 devices`).waitFor();
    expect(new URL(page.url()).search).toBe("?state=never");
    expect(await page.getByLabel("State").inputValue()).toBe("never");
  });
});
