import { describe, expect, test } from "vitest";
import { until } from "@/tests/support/clock";
import { makeDevice, makeZone } from "@/tests/support/factories";
import { sendReadings } from "../support/dashboard-estate";
import { cells, deviceRows, panel, seen, untilDevices } from "../support/dashboard-page";
import { dashboardUnderTest } from "../support/dashboard-under-test";

const dashboard = dashboardUnderTest();
const { open } = dashboard;

describe("the device heartbeat", () => {
  test("shows status in words, last sign of life, health and state", async () => {
    await sendReadings(dashboard.url);
    const page = await open("?search=a-0");
    const row = async (code: string) =>
      cells(deviceRows(page).filter({ has: page.getByRole("rowheader", { name: code }) }));
    const recently = expect.stringMatching(/^(just now|\d+ (s|min) ago)$/);
    expect(await row("A-01")).toEqual([
      ...["A-01", "A · Harbour", "Critical", recently],
      ...["Free", "90", "1"],
    ]);
    expect((await row("A-03")).slice(3)).toEqual([recently, "No event yet", "100", "0"]);
    expect((await row("A-04")).slice(2)).toEqual(["—", "Never", "Never connected", "70", "0"]);
    const exact = await deviceRows(page).first().locator("time").getAttribute("title");
    expect(exact).toMatch(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} \(UTC\+8\)$/);
  });

  test("says what each health score is made of, and leads to the device and its alerts", async () => {
    await sendReadings(dashboard.url);
    const page = await open("?search=a-0");
    const score = page.getByRole("button", { name: /^Health of A-01/ });
    expect(await score.getAttribute("aria-label")).toBe(
      "Health of A-01: 90. 100, − 10 open alert: high power.",
    );
    await score.focus();
    expect((await seen(page.getByRole("tooltip"))).split("\n")).toEqual([
      ...["100", "− 10 open alert: high power", "= 90"],
    ]);
    await page
      .getByRole("button", { name: "Health of A-04: 70. 100, − 30 no telemetry" })
      .waitFor();
    const href = (name: string) =>
      deviceRows(page).getByRole("link", { name, exact: true }).getAttribute("href");
    expect(await href("A-01")).toMatch(/^\/devices\/\d+$/);
    expect(await href("1 open alert of A-01")).toBe("/alerts?device=A-01");
  });

  test("pages forward and back through the address", async () => {
    const page = await open();
    await untilDevices(page, 50);
    await page.getByText("1–50 of 60").waitFor();
    await page.getByRole("link", { name: "Next" }).click();
    await untilDevices(page, 10);
    expect(new URL(page.url()).searchParams.getAll("after")).toEqual(["50"]);
    await page.getByText("51–60 of 60").waitFor();
    await page.reload();
    expect(await seen(deviceRows(page).first())).toContain("B-24");
    await page.getByRole("link", { name: "Previous" }).click();
    await untilDevices(page, 50);
    expect(new URL(page.url()).search).toBe("");
  });

  test("search and status narrow the list down through the address", async () => {
    const page = await open();
    const search = page.getByRole("searchbox", { name: "Search" });
    await search.fill("b-0");
    await untilDevices(page, 9);
    expect(new URL(page.url()).searchParams.get("search")).toBe("b-0");
    await search.fill("no such device");
    await page.getByText("No device matches these filters.").waitFor();
    await search.fill("");
    await untilDevices(page, 50);
    await page.getByLabel("Status", { exact: true }).selectOption("Critical");
    await untilDevices(page, 1);
    expect(new URL(page.url()).searchParams.get("status")).toBe("CRITICAL");
    expect(await seen(deviceRows(page))).toContain("A-01");
    await page.goBack();
    await untilDevices(page, 50);
    await page.getByLabel("State", { exact: true }).selectOption("Never connected");
    await page.getByText("56 devices match").waitFor();
    expect(new URL(page.url()).searchParams.get("state")).toBe("never");
    expect(await deviceRows(page).getByText("OK", { exact: true }).count()).toBe(0);
  });

  test("starts with what is not OK, and is sorted by any column through the address", async () => {
    await sendReadings(dashboard.url);
    const page = await open("?search=a-0");
    const codes = () => deviceRows(page).getByRole("rowheader").allInnerTexts();
    const never = ["A-04", "A-05", "A-06", "A-07", "A-08", "A-09"];
    expect(await codes()).toEqual(["A-01", ...never, "A-02", "A-03"]);
    const sortBy = (name: string) =>
      panel(page, "Device heartbeat").getByRole("link", { name, exact: true }).click();
    await sortBy("Device");
    const sorted = [...never, "A-01", "A-02", "A-03"].sort();
    await until("by code", async () => String(await codes()) === String(sorted));
    await sortBy("Device");
    await until("the other way", async () => String(await codes()) === String(sorted.toReversed()));
    expect(new URL(page.url()).search).toBe("?search=a-0&sort=-device");
    const head = page.getByRole("columnheader", { name: "Device" });
    expect(await head.getAttribute("aria-sort")).toBe("descending");
    await sortBy("Status");
    await until("as at first", async () => (await codes())[0] === "A-01");
    expect(new URL(page.url()).search).toBe("?search=a-0");
  });

  test("gives each device one line, however long its code", async () => {
    const zone = await makeZone(dashboard.sql, { facilityId: dashboard.estate.facility.id });
    for (const code of ["LONG-1", `LONG-${"WING-".repeat(20)}2`]) {
      await makeDevice(dashboard.sql, { code, zoneId: zone.id });
    }
    const page = await open("?search=long-");
    await untilDevices(page, 2);
    const heights = await deviceRows(page).evaluateAll((rows) =>
      rows.map((row) => row.getBoundingClientRect().height),
    );
    const [short = 0, long = Number.POSITIVE_INFINITY] = heights;
    expect(Math.abs(long - short)).toBeLessThan(2);
    await dashboard.sql`delete from devices where code like 'LONG-%'`;
  });
});

describe("what the address may ask for", () => {
  test("a facility without devices says how to add one", async () => {
    const page = await open(`?facility=${dashboard.estate.empty.id}`);
    await page.getByText("No devices yet.").waitFor();
    await page.getByText("This facility has no zones yet.").waitFor();
    await page.locator("#main").getByText("Meadow", { exact: true }).waitFor();
  });

  test.each(["2024-02-30", "yesterday", "1999-12-31", "99999-01-01"])(
    "the date %s is refused in words, with a way to today",
    async (date) => {
      const page = await open(`?date=${date}`);
      await page.getByRole("heading", { name: "No such date" }).waitFor();
      await page.getByText(date).waitFor();
      await page.getByRole("link", { name: "Show today" }).click();
      await panel(page, "Device heartbeat").waitFor();
    },
  );

  test.each([
    ["?facility=4711", "facility"],
    ["?zone=4711", "zone"],
    ["?facility=meadow&zone=A", "zone"],
  ])("%s is refused in words", async (query, what) => {
    const page = await open(query);
    await page.getByRole("heading", { name: `No such ${what}` }).waitFor();
  });

  test("filters and cursors that make no sense change nothing", async () => {
    const page = await open("?status=GREAT&after=%00&search=%20");
    await untilDevices(page, 50);
  });
});
