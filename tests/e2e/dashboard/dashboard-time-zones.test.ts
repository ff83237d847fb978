import { expect, test } from "vitest";
import { addDays } from "@/lib/domain/values/dates";
import { makeDevice, makeFacility, makeZone } from "@/tests/support/factories";
import { type Event, park, report } from "@/tests/support/history";
import { barriers, LOOKS, overflow } from "../support/accessibility";
import { card, panel, seen } from "../support/dashboard-page";
import { dashboardUnderTest, type Fresh } from "../support/dashboard-under-test";

const dashboard = dashboardUnderTest();
const { withFresh } = dashboard;

const MINUTES = 24 * 60;
const iso = (at: number) => new Date(at).toISOString();

/**
 * Two facilities in UTC, whose date is today's, and one three hours behind. Each has a zone that
 * expects an event a minute, and has had two an hour.
 */
async function makeThreeClocks({ sql }: Fresh, now: number): Promise<void> {
  const date = iso(now).slice(0, 10);
  for (const [name, timeZone] of [
    ["Quay", "UTC"],
    ["Depot", "UTC"],
    ["Pier", "Etc/GMT+3"],
  ] as const) {
    const facility = await makeFacility(sql, { name, timeZone, offlineAfterSeconds: 86_400 });
    const zone = await makeZone(sql, { facilityId: facility.id, code: "A" });
    const device = await makeDevice(sql, { zoneId: zone.id });
    await sql`insert into targets (zone_id, date, target_value) values (${zone.id}, ${date}, ${MINUTES})`;
    const midnight = Date.parse(date) + (timeZone === "UTC" ? 0 : 3 * 3_600_000);
    const events: Event[] = [];
    for (let at = midnight; at < now; at += 1_800_000) {
      events.push([device, iso(at), (at / 1_800_000) % 2 === 0]);
    }
    // One event of a week before: too few to say how a day usually goes.
    await park(sql, [device, `${addDays(date, -7)}T12:00:00Z`, false], ...events);
    await report(sql, [device, iso(now)]);
  }
}

test("a day that goes on says how far it has come in each facility and what is expected by now", async () => {
  await withFresh(async (fresh) => {
    const before = Date.now();
    await makeThreeClocks(fresh, before);
    for (const look of LOOKS) {
      const page = await fresh.open("", look);
      const minutes = (at: number) => Math.floor((at % (MINUTES * 60_000)) / 60_000);
      const quay = panel(page, "Actual vs target").locator("li").filter({ hasText: "Quay" });
      const words = (await seen(quay)).replace(/\s+/g, " ");
      const [, expected] = words.match(/ of 1,440 events, ([\d,]+) expected by now · /) ?? [];
      const due = Number(expected?.replace(",", ""));
      expect(due).toBeGreaterThanOrEqual(minutes(before));
      expect(due).toBeLessThanOrEqual(minutes(Date.now()) + 1);
      expect((await seen(card(page, "Efficiency"))).replace(/\s+/g, " ")).toMatch(
        / of 4,320 events, [\d,]+ expected by now/,
      );
      for (const title of ["Events per hour", "Occupancy through the day"]) {
        const chart = panel(page, title);
        await chart.getByText(/^Now it is \d\d:\d\d in (Quay|Depot) and 1 more/).waitFor();
        expect(await chart.locator("p").first().textContent()).toContain("Pier");
        await chart.locator("canvas").waitFor();
      }
      await panel(page, "Events per hour")
        .getByText("So far: not over in every facility")
        .waitFor();
      expect(await barriers(page, "main")).toEqual([]);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
    }
    const yesterday = addDays(iso(before).slice(0, 10), -1);
    const past = await fresh.open(`?date=${yesterday}`);
    await panel(past, "Events per hour").waitFor();
    expect(await past.getByText("expected by now").count()).toBe(0);
  });
}, 180_000);
