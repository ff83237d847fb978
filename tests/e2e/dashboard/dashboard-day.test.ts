import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { api } from "@/tests/support/api";
import { until } from "@/tests/support/clock";
import { DATE } from "../support/dashboard-estate";
import { card, cells, deviceRows, panel, seen, untilDevices } from "../support/dashboard-page";
import { dashboardUnderTest } from "../support/dashboard-under-test";

const dashboard = dashboardUnderTest();
const { open } = dashboard;

const heads = (page: Page, title: string) =>
  panel(page, title).locator("thead th").allTextContents();

const untilHeads = (page: Page, names: string[]) =>
  until(String(names), async () => String(await heads(page, "Events per hour")) === String(names));

describe("a day beside the week before", () => {
  test("can be seen alone, which reload, back and a shared link keep", async () => {
    const page = await open(`?date=${DATE}`);
    const hours = "Events per hour";
    expect(await heads(page, hours)).toEqual(["Hour", "Tue 14 May", "Tue 7 May"]);
    await page.getByRole("img", { name: /with those of Tue 7 May as a line/ }).waitFor();
    const compare = page.getByRole("switch", { name: "Compare with Tue 7 May" });
    await compare.click();
    await page.waitForURL(`**/?date=${DATE}&compare=off`);
    await until("the day alone", async () => (await heads(page, hours)).length === 2);
    expect(await compare.isChecked()).toBe(false);
    await page.reload();
    await untilHeads(page, ["Hour", "Events"]);
    await untilHeads(await open(`?date=${DATE}&compare=off`), ["Hour", "Events"]);
    await page.goBack();
    await until("both again", async () => (await heads(page, hours)).length === 3);
  });

  test("today is compared up to the same time of day, and its definition says so", async () => {
    const page = await open("?facility=harbour");
    const note = (await seen(card(page, "Parking events"))).replace(/\s+/g, " ");
    expect(note).toMatch(/ ±0 \w{3} \d{1,2} \w+ by \d{2}:\d{2}: 0$/);
    await page
      .getByRole("button", {
        name: /^What “Parking events”.*a morning is not compared with a whole day/,
      })
      .waitFor();
    const empty = await open("?date=2999-01-01");
    await empty.getByText("This date is still to come.").waitFor();
    expect(await empty.getByRole("switch").count()).toBe(0);
  });
});

describe("occupancy through the day", () => {
  const title = "Occupancy through the day";

  test("is carried over from hour to hour and ends with the card's figures", async () => {
    const page = await open(`?date=${DATE}`);
    await page.getByRole("img", { name: /Fullest at 10:00, 2 of 60 bays/ }).waitFor();
    await panel(page, title).getByText("Figures as a table").click();
    expect(await heads(page, title)).toEqual(["At", "Occupied", "Free", "Unknown"]);
    const moments = panel(page, title).locator("tbody tr");
    expect(await moments.count()).toBe(24);
    expect(await cells(moments.nth(0))).toEqual(["01:00", "1", "1", "58"]);
    expect(await cells(moments.nth(8))).toEqual(["09:00", "1", "1", "58"]);
    expect(await cells(moments.nth(9))).toEqual(["10:00", "2", "1", "57"]);
    expect(await cells(moments.last())).toEqual(["24:00", "2", "1", "57"]);
    const { body } = await api(dashboard.url).get(`/api/dashboard/summary?date=${DATE}`);
    expect(body.occupancy).toEqual({ occupied: 2, free: 1, unknown: 57, total: 60 });
  });

  test("ends with now while the day goes on", async () => {
    const page = await open("?facility=harbour");
    const last = panel(page, title).locator("tbody tr").last();
    expect((await last.locator("th, td").allTextContents())[0]).toBe("now");
  });
});

describe("a zone", () => {
  test("is shown in detail from its row, and left again", async () => {
    const page = await open(`?date=${DATE}&facility=harbour`);
    await panel(page, "Zones").getByRole("link", { name: "A", exact: true }).click();
    await page.getByText("Zone A", { exact: true }).waitFor();
    await untilDevices(page, 30);
    expect(await seen(card(page, "Parking events"))).toMatch(/\n3\n/);
    expect(await panel(page, "Zones").locator("tbody tr").count()).toBe(1);
    const shared = await open(new URL(page.url()).search);
    expect(await seen(card(shared, "Parking events"))).toMatch(/\n3\n/);
    expect(await deviceRows(shared).count()).toBe(30);
    await page.getByRole("link", { name: "Show all zones" }).click();
    await page.waitForURL(`**/?date=${DATE}&facility=harbour`);
    await untilDevices(page, 50);
  });
});

test("a day's alerts lead to themselves", async () => {
  const page = await open("?facility=harbour");
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const link = card(page, "Alerts triggered").getByRole("link");
  expect(await link.getAttribute("href")).toBe(
    `/alerts?facility=harbour&state=all&from=${today}&to=${today}`,
  );
});
