import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { TEST_KEY } from "@/tests/support/accounts";
import { until } from "@/tests/support/clock";
import { makeFacility } from "@/tests/support/factories";
import { card, cells, deviceRows, lookNow, panel, seen } from "../support/dashboard-page";
import { dashboardUnderTest } from "../support/dashboard-under-test";
import { paste } from "../support/shell";

const { withFresh } = dashboardUnderTest();

/** A block of commands on the page, as its copy button copies it. */
const commands = async (page: Page, label: string) =>
  (await panel(page, label).locator("code").textContent()) ?? "";
/** Pastes a block, with a key set as the page says. @returns what the calls answered */
async function pasteFrom(page: Page, label: string, KEY = TEST_KEY) {
  const answers = await paste(await commands(page, label), { KEY });
  return answers.map((answer) => JSON.parse(answer));
}

test("the first steps work as pasted, once the key is set", async () => {
  await withFresh(async ({ open }) => {
    const page = await open();
    const made = await pasteFrom(page, "Facility, zone, device, event");
    expect(made).toEqual([
      expect.objectContaining({ code: "CENTRAL" }),
      expect.objectContaining({ code: "A", facility_id: made[0].id }),
      expect.objectContaining({ code: "A-001", zone_id: made[1].id }),
      expect.objectContaining({ device_code: "A-001", is_occupied: true }),
    ]);
    await lookNow(page);
    await until("the device", async () => (await deviceRows(page).count()) === 1);
    expect((await cells(deviceRows(page).first()))[0]).toBe("A-001");
    // The device may have come with an earlier look than its event.
    await until("the event", async () => {
      await lookNow(page);
      return /\n1\n/.test(await seen(card(page, "Parking events")));
    });
  });
});

test("the commands for a first device work as pasted, once the key is set", async () => {
  await withFresh(async ({ sql, open }) => {
    const facility = await makeFacility(sql, { name: "Orchard" });
    const page = await open(`?facility=${facility.id}`);
    const [zone, device] = await pasteFrom(page, "Add a device");
    expect(zone).toMatchObject({ code: "A", facility_id: facility.id });
    expect(device).toMatchObject({ code: "A-001", zone_id: zone.id });
    await lookNow(page);
    await until("the device", async () => (await deviceRows(page).count()) === 1);
    expect((await cells(deviceRows(page).first())).slice(0, 2)).toEqual(["A-001", "A"]);
  });
});

test("README's first commands work as pasted, at the address that was printed", async () => {
  const readme = await readFile("README.md", "utf8");
  const block = /```sh\n([^`]*devices\/import[^`]*)```/.exec(readme)?.[1] ?? "";
  expect(block.match(/^.*curl.*$/gm)).toHaveLength(4);
  await withFresh(async ({ url }) => {
    const answers = await paste(block, { KEY: TEST_KEY, URL: url });
    const [imported, reading, event, devices] = answers.map((answer) => JSON.parse(answer));
    expect(imported).toMatchObject({ created: 2 });
    expect(reading).toMatchObject({ device_code: "BAY-1", id: expect.anything() });
    expect(event).toMatchObject({ device_code: "BAY-1", is_occupied: true });
    expect(devices).toHaveLength(2);
    const refused = paste(block, { KEY: "sp_of-no-one", URL: url });
    await expect(refused).rejects.toMatchObject({
      code: 22,
      stdout: expect.stringContaining("401"),
    });
  });
});

test("commands that need a key say first where to make one and how to set it", async () => {
  await withFresh(async ({ sql, open }) => {
    const page = await open();
    const welcome = page.locator("main");
    expect(await seen(welcome)).toContain(
      "Make one first on the Keys page, with the scopes ingest, read and manage, and set it",
    );
    const link = page.getByRole("link", { name: "Keys page" });
    expect(await link.getAttribute("href")).toBe("/keys");
    expect(await commands(page, "Set the key")).toBe("KEY=sp_…");
    expect(await commands(page, "Replay recorded files")).toContain('--key "$KEY"');
    const answers = await pasteFrom(page, "Facility, zone, device, event", "sp_nobody's");
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    expect(await sql`select from facilities`).toHaveLength(0);
  });
});
