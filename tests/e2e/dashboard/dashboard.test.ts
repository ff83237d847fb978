import { describe, expect, test } from "vitest";
import { addDays } from "@/lib/domain/values/dates";
import { api } from "@/tests/support/api";
import { secondsFromNow, until } from "@/tests/support/clock";
import { makeFacility } from "@/tests/support/factories";
import { DATE } from "../support/dashboard-estate";
import { card, cells, deviceRows, lookNow, panel, seen } from "../support/dashboard-page";
import { dashboardUnderTest } from "../support/dashboard-under-test";

const dashboard = dashboardUnderTest();
const { open, watched, withFresh } = dashboard;

test("without a facility the page says how to begin, and shows the first one by itself", async () => {
  await withFresh(async (fresh) => {
    const page = await fresh.open();
    await page.getByRole("heading", { name: "Welcome to Smart Parking" }).waitFor();
    const commands = (await page.locator("code").allTextContents()).join("\n");
    expect(commands).toContain("npm run replay --");
    expect(commands).toContain(`curl -X POST ${fresh.url}/api/facilities`);
    await makeFacility(fresh.sql, { name: "Orchard" });
    await lookNow(page);
    await page.locator("#main").getByText("Orchard", { exact: true }).waitFor();
    await page.getByText("No devices yet.").waitFor();
  });
});

describe("a date with events", () => {
  test("the cards show the day's figures", async () => {
    const page = await open(`?date=${DATE}`);
    await page.getByRole("heading", { name: "Tuesday, 14 May 2024" }).waitFor();
    const shown = async (term: string) => (await seen(card(page, term))).replace(/\s+/g, " ");
    expect(await shown("Parking events")).toBe("Parking events 4 ▲ +1 (+33 %) Tue 7 May: 3");
    expect(await shown("Occupied at the end of the day")).toBe(
      "Occupied at the end of the day 2 of 60 1 free · 57 unknown ▲ +1 (+100 %) Tue 7 May: 1, 58 unknown",
    );
    expect(await shown("Active devices")).toBe(
      "Active devices 3 of 60 devices ▲ +1 (+50 %) Tue 7 May: 2",
    );
    expect(await shown("Alerts triggered")).toBe("Alerts triggered 0 ±0 Tue 7 May: 0");
    expect(await shown("Efficiency")).toBe("Efficiency 57.14 % 4 of 7 events Tue 7 May: no target");
    expect(await page.getByText("Asia/Shanghai, UTC+8").count()).toBe(1);
  });

  test("the chart has its figures in words and in a table", async () => {
    const page = await open(`?date=${DATE}`);
    await page.getByRole("img", { name: /Busiest hour 08:00, 2 events/ }).waitFor();
    await panel(page, "Events per hour").getByText("Figures as a table").click();
    const hours = panel(page, "Events per hour").locator("tbody tr");
    expect(await hours.count()).toBe(24);
    expect(await cells(hours.nth(7))).toEqual(["07:00", "0", "0"]);
    expect(await cells(hours.nth(8))).toEqual(["08:00", "2", "2"]);
    expect(await cells(hours.nth(9))).toEqual(["09:00", "2", "1"]);
  });

  test("targets and zones show what was expected and what happened", async () => {
    const page = await open(`?date=${DATE}`);
    const bars = await panel(page, "Actual vs target").locator("li").allInnerTexts();
    expect(bars.map((bar) => bar.replace(/\s+/g, " "))).toEqual([
      "Zone A, Harbour 3 of 6 events · 50 %",
      "Device B-01 1 of 1 events · 100 %",
    ]);
    const zones = panel(page, "Zones").locator("tbody tr");
    expect(await cells(zones.nth(0))).toEqual(["A\nHarbour", "3", "1", "1", "28", "30"]);
    expect(await cells(zones.nth(1))).toEqual(["B\nHarbour", "1", "1", "0", "29", "30"]);
  });

  test("a date without targets says so", async () => {
    const page = await open("?date=2024-05-15");
    await panel(page, "Actual vs target").getByText("No targets for this date.").waitFor();
    expect(await seen(card(page, "Efficiency"))).toContain("—");
  });

  test("a date without events leads to the newest one that has some", async () => {
    const page = await open("?date=2024-05-20");
    await page.getByRole("link", { name: "Tuesday, 14 May 2024" }).click();
    await page.waitForURL(`**/?date=${DATE}`);
    await until("its figures", async () => /\n4\n/.test(await seen(card(page, "Parking"))));
  });

  test("facility and date are switched by keyboard, and the link shows someone else the same", async () => {
    const page = await open();
    const facility = page.getByRole("combobox", { name: "Facility" });
    await facility.focus();
    await page.keyboard.type("Harb");
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/?facility=${dashboard.estate.facility.id}`);
    await page.getByLabel("Date", { exact: true }).focus();
    await page.keyboard.type("05142024");
    await page.waitForURL(`**/?facility=${dashboard.estate.facility.id}&date=${DATE}`);
    await page.getByRole("heading", { name: "Tuesday, 14 May 2024" }).waitFor();
    const figures = await seen(card(page, "Parking events"));
    expect(figures).toMatch(/\n4\n/);
    const other = await open(new URL(page.url()).search);
    await other.getByRole("heading", { name: "Tuesday, 14 May 2024" }).waitFor();
    expect(await seen(card(other, "Parking events"))).toBe(figures);
    expect(await other.getByRole("combobox", { name: "Facility" }).inputValue()).toBe(
      String(dashboard.estate.facility.id),
    );
    await page.goBack();
    await page.waitForURL(`**/?facility=${dashboard.estate.facility.id}`);
    await page.getByRole("heading", { name: /· today$/ }).waitFor();
  });

  test("the date controls go by days and keep the rest of the address", async () => {
    const page = await open(`?date=${DATE}&facility=harbour`);
    await page.getByRole("button", { name: "Next day, 2024-05-15" }).click();
    await page.waitForURL("**/?date=2024-05-15&facility=harbour");
    await page.getByLabel("Date", { exact: true }).fill("2024-05-13");
    await page.waitForURL("**/?date=2024-05-13&facility=harbour");
    await page.getByRole("heading", { name: "Monday, 13 May 2024" }).waitFor();
    await page.getByRole("button", { name: "Yesterday", exact: true }).click();
    const yesterday = addDays(new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10), -1);
    await page.waitForURL(`**/?date=${yesterday}&facility=harbour`);
    await page.getByRole("button", { name: "Today" }).click();
    await page.waitForURL("**/?facility=harbour");
  });
});

describe("for everybody", () => {
  test("the keyboard reaches every definition and shows it", async () => {
    const page = await open(`?date=${DATE}`);
    const shown: string[] = [];
    while (shown.length < 5) {
      await page.keyboard.press("Tab");
      const name = await page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
      const term = /^What “(.+)” means/.exec(name ?? "")?.[1];
      if (!term) continue;
      await page.getByRole("tooltip").first().waitFor();
      shown.push(term);
    }
    expect(shown).toEqual([
      "Occupied at the end of the day",
      "Parking events",
      "Active devices",
      "Alerts triggered",
      "Efficiency",
    ]);
  });

  test.each([
    ["light", "rgb(246, 247, 249)"],
    ["dark", "rgb(23, 24, 28)"],
  ] as const)("a phone in %s colours shows all of it in its width", async (colorScheme, color) => {
    const page = await open(`?date=${DATE}`, { width: 390, colorScheme });
    await page.getByRole("img", { name: /Busiest hour/ }).waitFor();
    await page.getByRole("img", { name: /Fullest at/ }).waitFor();
    const shown = await page.evaluate(() => ({
      color: getComputedStyle(document.body).backgroundColor,
      overflow: document.documentElement.scrollWidth - window.innerWidth,
    }));
    expect(shown).toEqual({ color, overflow: 0 });
    expect(await page.getByRole("columnheader", { name: "Last seen" }).count()).toBe(1);
  });

  test("the colours can be chosen and are remembered", async () => {
    const page = await open();
    const toggle = page.getByRole("button", { name: /^Colours/ });
    await toggle.click();
    await page.getByRole("button", { name: /^Colours: light/ }).click();
    await page.reload();
    const scheme = () => document.documentElement.getAttribute("data-mantine-color-scheme");
    expect(await page.evaluate(scheme)).toBe("dark");
  });
});

describe("today", () => {
  test("new events appear by themselves", async () => {
    const page = await open("?facility=harbour");
    const events = () => seen(card(page, "Parking events"));
    expect(await events()).toMatch(/\n0\n/);
    const log = { device_code: "A-09", is_occupied: true, timestamp: secondsFromNow(-1) };
    expect((await api(dashboard.url).post("/api/parking-log", log)).status).toBe(201);
    await lookNow(page);
    await until("the event", async () => /\n1\n/.test(await events()));
  });

  test("while the database is away the last figures stay, and say since when", async () => {
    const page = await open();
    await until("figures", () => card(page, "Occupied now").isVisible());
    dashboard.relay.cut();
    await lookNow(page);
    await page.getByText(/Offline since \d{2}:\d{2}:\d{2}: figures as of/).waitFor();
    expect(await deviceRows(page).count()).toBe(50);
    const unseen = await open();
    await unseen.getByRole("heading", { name: "Database unavailable" }).waitFor();
    dashboard.relay.mend();
    await until("fresh figures", async () => {
      await lookNow(page);
      return (await page.getByText(/Offline since/).count()) === 0;
    });
    await panel(unseen, "Device heartbeat").waitFor();
    // The browser itself reports the 503s of an outage; anything else would still be an error.
    for (const { errors } of watched) {
      expect(errors.filter((error) => !error.includes("503"))).toEqual([]);
      errors.length = 0;
    }
  });
});
