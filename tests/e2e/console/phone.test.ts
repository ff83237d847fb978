import { expect, test } from "vitest";
import { makeUser } from "@/tests/support/accounts";
import { makeDevice, makeZone } from "@/tests/support/factories";
import { button } from "../support/account-pages";
import { accountsUnderTest } from "../support/accounts-under-test";
import { alertEstate, raise } from "../support/alert-estate";

const site = accountsUnderTest();
const { open } = site;
const PHONE = { width: 390, height: 844 };

test("on a phone Live is a list of cards, each with its state first", async () => {
  const zone = await makeZone(site.sql, { code: "CARD", facilityId: site.harbour.id });
  for (let n = 1; n <= 40; n++) {
    await makeDevice(site.sql, { zoneId: zone.id, code: `HARBOUR-CARPARK-LEVEL-2-BAY-${100 + n}` });
  }
  const page = await open(`/live?zone=${zone.id}`, await makeUser(site.sql, "viewer"), PHONE);
  const list = page.getByRole("region", { name: "Devices" });
  const card = list.locator("tbody tr[data-status]").first();
  await card.waitFor();
  expect(await list.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  const place = async (column: string) =>
    (await card.locator(`[data-column=${column}]`).boundingBox())!;
  const [state, device, zoneName] = [
    await place("state"),
    await place("device"),
    await place("zone"),
  ];
  expect(state.y).toBeLessThan(device.y);
  expect(device.y).toBeLessThan(zoneName.y);
  for (const { x, width } of [state, device, zoneName]) expect(x + width).toBeLessThanOrEqual(390);
  // Of a long code the end is in sight, which tells it from its neighbours.
  const end = card.getByText("-BAY-101", { exact: true });
  const { x, width } = (await end.boundingBox())!;
  expect(x + width).toBeLessThanOrEqual(390);
  await list.evaluate((region) => region.scrollTo(0, region.scrollHeight));
  await list.getByRole("link", { name: "HARBOUR-CARPARK-LEVEL-2-BAY-140" }).waitFor();
  expect(await list.getByRole("link", { name: "HARBOUR-CARPARK-LEVEL-2-BAY-101" }).count()).toBe(0);
});

test("on a phone filters are behind one button, which says how many there are", async () => {
  const page = await open("/live?state=free", await makeUser(site.sql, "viewer"), PHONE);
  const zone = page.getByRole("combobox", { name: "Zone" });
  expect(await zone.isVisible()).toBe(false);
  await button(page, "Filters (1)").click();
  await zone.waitFor();
  await page.getByRole("combobox", { name: "Sort by" }).selectOption("Last seen");
  await page.waitForURL(/sort=seen/);
  await page.getByRole("combobox", { name: "State", exact: true }).selectOption("Any state");
  await button(page, "Filters").click();
  await zone.waitFor({ state: "hidden" });
});

test("on a phone alerts are in sight before any filter", async () => {
  const { facility, devices } = await alertEstate(site.sql, "Phone");
  for (const device of devices) await raise(site.sql, device, 5);
  const user = await makeUser(site.sql, "operator");
  const page = await open(`/alerts?facility=${facility.id}`, user, PHONE);
  const first = page.locator("tbody tr").first();
  expect((await first.boundingBox())!.y).toBeLessThan(PHONE.height * 0.7);
  expect(await page.getByLabel("Severity").isVisible()).toBe(false);
  await button(page, "Filters").click();
  await page.getByLabel("Severity").selectOption("Critical");
  await page.waitForURL(/severity=CRITICAL/);
  await button(page, "Filters (1)").waitFor();
});
