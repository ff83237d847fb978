import { describe, expect, test } from "vitest";
import { makeUser } from "@/tests/support/accounts";
import { api } from "@/tests/support/api";
import { secondsFromNow, until } from "@/tests/support/clock";
import { makeDevice, makeZone } from "@/tests/support/factories";
import { highPower, parkingLog, reading } from "@/tests/support/messages";
import { barriers, LOOKS, overflow } from "../support/accessibility";
import { accountsUnderTest } from "../support/accounts-under-test";

const site = accountsUnderTest();
const { open, signIn } = site;

const viewer = () => makeUser(site.sql, "viewer");
const send = async (path: string, message: object) =>
  expect((await api(site.url).post(path, message)).status).toBe(201);
const occupy = (code: string, isOccupied = true) =>
  send("/api/parking-log", parkingLog(code, new Date().toISOString(), isOccupied));

type Page = Awaited<ReturnType<typeof open>>;
const row = (page: Page, code: string) =>
  page.getByRole("row").filter({ has: page.getByRole("link", { name: code, exact: true }) });
const isLive = (page: Page) =>
  page
    .getByRole("status")
    .filter({ hasText: /^Live$/ })
    .waitFor();

/** Devices of a new zone of Harbour, with a first reading of now. */
async function bays(count: number, zoneCode: string) {
  const zone = await makeZone(site.sql, { code: zoneCode, facilityId: site.harbour.id });
  const codes: string[] = [];
  for (let n = 1; n <= count; n++) {
    const { code } = await makeDevice(site.sql, {
      zoneId: zone.id,
      code: `${zoneCode}-${n}`,
      offlineAfterSeconds: 3_600,
    });
    codes.push(code);
    await send("/api/telemetry", reading(code, secondsFromNow(-1), { voltage: 220 + n }));
  }
  return { zone, codes };
}

describe("live", () => {
  test("a bay that changes does so in two browsers, without reading the page again", async () => {
    const { codes } = await bays(2, "TWO");
    const code = codes[0]!;
    const [table, map] = [
      await open("/live?search=TWO", await viewer()),
      await open("/live?search=TWO&view=map", await viewer()),
    ];
    await Promise.all([isLive(table), isLive(map)]);
    const mark = "document.body.dataset.stays = 'yes'";
    await Promise.all([table.evaluate(mark), map.evaluate(mark)]);
    expect(await row(table, code).textContent()).toContain("No event yet");
    await occupy(code);
    await row(table, code).getByText("Occupied").waitFor();
    await map.getByRole("button", { name: `${code}: Occupied` }).waitFor();
    await occupy(code, false);
    await row(table, code).getByText("Free").waitFor();
    await map.getByRole("button", { name: `${code}: Free` }).waitFor();
    await send("/api/telemetry", highPower(code, new Date().toISOString()));
    await row(table, code).getByRole("link", { name: "Critical" }).waitFor();
    await map.getByRole("button", { name: `${code}: Free, Critical` }).waitFor();
    for (const page of [table, map]) {
      expect(await page.evaluate(() => document.body.dataset.stays)).toBe("yes");
    }
  });

  test("filters, sorting and columns are in the address: reload and a shared link show the same", async () => {
    const { zone } = await bays(12, "URL");
    const who = await signIn(await viewer());
    const page = await open("/live", who);
    await isLive(page);
    await page.getByRole("searchbox").fill("url-1");
    await page.getByText("4 of ", { exact: false }).waitFor();
    await page.getByRole("button", { name: "Volts" }).click();
    await page.getByRole("button", { name: "Volts" }).click();
    await page.getByRole("button", { name: "Columns" }).click();
    await page.getByRole("checkbox", { name: "Amperes" }).uncheck();
    await page.keyboard.press("Escape");
    const shown = () => page.locator("tbody th").allInnerTexts();
    const expected = ["URL-12", "URL-11", "URL-10", "URL-1"];
    await until("sorted by volts", async () => String(await shown()) === String(expected));
    await until("the address", () => /sort=-voltage/.test(page.url()));
    expect(await page.getByRole("columnheader", { name: "Amperes" }).count()).toBe(0);
    for (const again of [page, await open(new URL(page.url()).search.replace(/^/, "/live"), who)]) {
      if (again === page) await page.reload();
      await isLive(again);
      const rows = () => again.locator("tbody th").allInnerTexts();
      await until("the same rows", async () => String(await rows()) === String(expected));
      expect(await again.getByRole("columnheader", { name: "Amperes" }).count()).toBe(0);
      expect(await again.getByRole("searchbox").inputValue()).toBe("url-1");
    }
    await page.goto(`${site.url}/live?zone=${zone.id}&state=free`);
    await page.locator("#main").getByText("No device matches these filters.").waitFor();
    await page.getByRole("button", { name: "Show all" }).click();
    await row(page, "URL-1").waitFor();
    await until("an address without filters", () => new URL(page.url()).search === "");
  });

  test("a bay's name that is too long for its place keeps its end", async () => {
    const zone = await makeZone(site.sql, { code: "LONG", facilityId: site.harbour.id });
    const name = "Ground floor by the northern entrance, bay 117";
    await makeDevice(site.sql, { zoneId: zone.id, code: "LONG-117", name });
    const page = await open("/live?search=LONG", await viewer());
    const cell = page.locator("tbody th").filter({ hasText: "LONG-117" });
    const end = (await cell.getByText(" bay 117", { exact: true }).boundingBox())!;
    const place = (await cell.boundingBox())!;
    expect(end.x + end.width).toBeLessThanOrEqual(place.x + place.width);
    expect(await cell.getByTitle(name).textContent()).toBe(name);
  });

  test("the map is walked with the arrow keys, and Enter opens the device", async () => {
    const { codes } = await bays(3, "MAP");
    const page = await open("/live?view=map&search=MAP-", await viewer());
    await isLive(page);
    const bay = (n: number) => page.getByRole("button", { name: `${codes[n]}: No event yet` });
    await bay(0).focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await until("the third bay", () => bay(2).evaluate((tile) => tile === document.activeElement));
    await page.getByText("223.0 V").waitFor();
    await page.keyboard.press("Home");
    await until("the first bay", () => bay(0).evaluate((tile) => tile === document.activeElement));
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/devices\/\d+$/);
  });

  test("a stream that breaks is told, replaced by asking, and comes back", async () => {
    const { codes } = await bays(1, "CUT");
    const code = codes[0]!;
    const page = await open("/live?search=CUT", await viewer());
    await isLive(page);
    // Every attempt to open a stream fails from here on; the one that is open ends with its server.
    await page.route(/\/api\/live\?/, (route) => route.fulfill({ status: 503, body: "{}" }));
    await page.evaluate(() => window.dispatchEvent(new Event("pageshow")));
    await site.restart();
    await page.getByText("Every 10 s").waitFor();
    await occupy(code);
    await row(page, code).getByText("Occupied").waitFor();
    expect(await page.getByText("Every 10 s").count()).toBe(1);
    await page.unroute(/\/api\/live\?/);
    await isLive(page);
    await occupy(code, false);
    await row(page, code).getByText("Free").waitFor();
    site.forgive(page, /503|ERR_|fetch/);
  });

  test("while the database is away the page keeps what it shows, says so, and goes on by itself", async () => {
    const { codes } = await bays(1, "AWAY");
    const page = await open("/live?search=AWAY", await viewer());
    await isLive(page);
    site.relay.cut();
    await page.getByText(/^Offline since/).waitFor();
    await row(page, codes[0]!).waitFor();
    site.relay.mend();
    await isLive(page);
    await until("stored again", async () => {
      const sent = parkingLog(codes[0]!, new Date().toISOString());
      return (await api(site.url).post("/api/parking-log", sent)).status === 201;
    });
    await row(page, codes[0]!).getByText("Occupied").waitFor();
    site.forgive(page, /503/);
  });

  test("a facility that is not there, or not the viewer's, is said to be none", async () => {
    const narrow = await makeUser(site.sql, "viewer", { facilityIds: [site.meadow.id] });
    const page = await open(`/live?facility=${site.harbour.id}`, narrow);
    await page.getByRole("heading", { name: "No such facility" }).waitFor();
    await page.getByRole("link", { name: "Show all facilities" }).click();
    await page.getByText("No devices yet.").waitFor();
    site.forgive(page, /400/);
  });

  test.each(LOOKS)(
    "nothing keeps anybody from using it at $width px, $colorScheme",
    async ({ width, colorScheme }) => {
      const code = `AXE${width}${colorScheme}`;
      const { codes } = await bays(2, code);
      await occupy(codes[0]!);
      await send("/api/telemetry", highPower(codes[1]!, new Date().toISOString()));
      for (const view of ["table", "map"]) {
        const page = await open(`/live?view=${view}`, await viewer(), { width, colorScheme });
        await isLive(page);
        expect(await barriers(page)).toEqual([]);
        expect(await overflow(page)).toBe(0);
      }
    },
  );
});

describe("the palette", () => {
  test("Ctrl-K finds a device, a zone and a page, by keyboard alone", async () => {
    await bays(1, "FIND");
    const page = await open("/", await viewer());
    await page.keyboard.press("Control+k");
    const search = page.getByRole("textbox", { name: /^Search devices/ });
    await search.waitFor();
    await page.keyboard.type("find-1");
    await page.getByText("Zone FIND").waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/devices\/\d+$/);
    await search.waitFor({ state: "hidden" });
    await page.keyboard.press("Control+k");
    await search.waitFor();
    await page.keyboard.type("live");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/live$/);
  });

  test("what is out of reach is not found", async () => {
    await bays(1, "HIDE");
    const narrow = await makeUser(site.sql, "viewer", { facilityIds: [site.meadow.id] });
    const page = await open("/", narrow);
    await page.keyboard.press("Control+k");
    await page.getByRole("textbox", { name: /^Search devices/ }).waitFor();
    await page.keyboard.type("hide-1");
    await page.getByText("No results").waitFor();
  });
});

describe("the frame", () => {
  test("the facility stays in the address from page to page", async () => {
    const page = await open("/live", await viewer());
    const facility = page.getByRole("combobox", { name: "Facility" });
    await facility.selectOption("Meadow");
    await page.waitForURL(`**/live?facility=${site.meadow.id}`);
    await page.getByRole("link", { name: "Dashboard" }).click();
    await page.waitForURL(`**/?facility=${site.meadow.id}`);
    await page.reload();
    expect(await facility.inputValue()).toBe(String(site.meadow.id));
  });
});
