import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { makeUser } from "@/tests/support/accounts";
import { api } from "@/tests/support/api";
import { until } from "@/tests/support/clock";
import { button } from "../support/account-pages";
import { accountsUnderTest, type SignedIn } from "../support/accounts-under-test";
import { alertEstate } from "../support/alert-estate";
import { untilInteractive } from "../support/browser";

const accounts = accountsUnderTest();

type Told = { title: string; body: string; tag: string };
declare global {
  interface Window {
    /** What the page had the browser show. */
    told: Told[];
    /** How many tones it had it play. */
    tones: number;
    asked: number;
    clickNotice(): void;
  }
}

/** Takes the place of the browser's notifications and tones: there is no desktop here, and no ear. */
function takeDown(permission: NotificationPermission) {
  window.told = [];
  window.tones = 0;
  window.asked = 0;
  const answer = () => sessionStorage.getItem("answer") as NotificationPermission | null;
  class FakeNotification {
    static get permission() {
      return answer() ?? permission;
    }
    static async requestPermission() {
      window.asked++;
      if (permission === "default") sessionStorage.setItem("answer", "granted");
      return answer() ?? permission;
    }
    onclick: (() => void) | null = null;
    constructor(title: string, { body = "", tag = "" }: NotificationOptions = {}) {
      window.told.push({ title, body, tag });
      window.clickNotice = () => this.onclick?.();
    }
    close() {}
  }
  Object.defineProperty(window, "Notification", { value: FakeNotification });
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...given) {
    window.tones++;
    start.apply(this, given);
  };
}

async function openWith(permission: NotificationPermission, path: string) {
  const browser: SignedIn = await accounts.signIn(await makeUser(accounts.sql, "operator"));
  await browser.context.addInitScript(takeDown, permission);
  const page = await accounts.open(path, browser);
  return { page, browser };
}

const told = (page: Page) => page.evaluate(() => window.told);
const tooMuch = (...codes: string[]) =>
  api(accounts.url).post(
    "/api/telemetry/bulk",
    codes.map((device_code) => ({
      ...{ device_code, timestamp: new Date().toISOString(), voltage: 230, current: 12 },
    })),
  );

describe("who wants to be notified of new alerts", () => {
  test("is asked on a click, hears one signal for many alerts, and gets to the alert", async () => {
    await alertEstate(accounts.sql, "Signal", 6);
    const { page } = await openWith("default", "/alerts");
    await page
      .getByRole("status")
      .filter({ hasText: /^Live$/ })
      .waitFor();
    expect(await page.evaluate(() => window.asked)).toBe(0);
    await button(page, "Notification settings").click();
    await page.getByLabel("Play a sound").check();
    await page.getByLabel("Show a desktop notification").check();
    await button(page, "Notification settings: sound, desktop").waitFor();
    expect(await page.evaluate(() => window.asked)).toBe(1);
    await button(page, "Try it").click();
    await until("the trial", async () => (await told(page)).length === 1);
    expect(await page.evaluate(() => window.tones)).toBe(2);
    await page.keyboard.press("Escape");

    expect((await tooMuch("Signal-001", "Signal-002", "Signal-003")).status).toBe(201);
    await until("the signal", async () => (await told(page)).length === 2);
    expect((await told(page))[1]).toMatchObject({
      title: "3 new alerts, worst: critical",
      body: expect.stringMatching(/^High power at Signal-00\d, and 2 others\.$/),
    });
    await until("the tones", () => page.evaluate(() => window.tones === 4));

    // On whatever page they are, and after it was reloaded.
    await page.goto(`${accounts.url}/`);
    await untilInteractive(page);
    await page
      .getByRole("status")
      .filter({ hasText: /^Live$/ })
      .waitFor();
    await tooMuch("Signal-004");
    await until("the signal", async () => (await told(page)).length === 1);
    const [{ id }] = (await api(accounts.url).get("/api/alerts?device=Signal-004")).body;
    expect(await told(page)).toMatchObject([
      { title: "Critical: High power at Signal-004", body: "Power 2,760 W is above 2,000 W" },
    ]);
    await page.evaluate(() => window.clickNotice());
    await page.waitForURL(`**/alerts/${id}`);
    expect(await page.evaluate(() => window.told.length)).toBe(1);
  });

  test("is not notified of less than they chose, nor of what operators do", async () => {
    const { devices } = await alertEstate(accounts.sql, "Less", 3);
    // Above 100 A, but of no power to speak of: a warning.
    const odd = (code: string) =>
      api(accounts.url).post("/api/telemetry", {
        ...{ device_code: code, timestamp: new Date().toISOString(), voltage: 1, current: 140 },
      });
    const { page } = await openWith("granted", "/alerts");
    await page
      .getByRole("status")
      .filter({ hasText: /^Live$/ })
      .waitFor();
    await button(page, "Notification settings").click();
    await page.getByLabel("Show a desktop notification").check();
    await page.getByLabel("About", { exact: true }).selectOption("Critical only");
    await page.keyboard.press("Escape");
    expect((await odd(devices[0]!.code)).status).toBe(201);
    await page.getByLabel(`Select: Invalid data at ${devices[0]!.code}`).waitFor();
    const [{ id }] = (await api(accounts.url).get(`/api/alerts?device=${devices[0]!.code}`)).body;
    await api(accounts.url).post("/api/alerts/acknowledge", { ids: [id] });
    await tooMuch(devices[1]!.code);
    await until("the critical one", async () => (await told(page)).length > 0);
    expect((await told(page)).map(({ title }) => title)).toEqual([
      `Critical: High power at ${devices[1]!.code}`,
    ]);
  });

  test("is told where the browser forbids notifications", async () => {
    const { page } = await openWith("denied", "/alerts");
    await button(page, "Notification settings").click();
    await page.getByText("This browser blocks notifications from this site.").waitFor();
    expect(await page.getByLabel("Show a desktop notification").isDisabled()).toBe(true);
  });

  test("hears one tone, however many tabs are open", async () => {
    await alertEstate(accounts.sql, "Tabs", 2);
    const { page, browser } = await openWith("granted", "/alerts");
    await button(page, "Notification settings").click();
    await page.getByLabel("Play a sound").check();
    await page.keyboard.press("Escape");
    const second = await accounts.open("/alerts", browser);
    await second.getByRole("heading", { name: "Alerts", exact: true }).click();
    for (const tab of [page, second]) {
      await tab
        .getByRole("status")
        .filter({ hasText: /^Live$/ })
        .waitFor();
    }
    await tooMuch("Tabs-001");
    for (const tab of [page, second]) await tab.getByText("Tabs-001").first().waitFor();
    const tones = async () =>
      (await page.evaluate(() => window.tones)) + (await second.evaluate(() => window.tones));
    await until("a tone", async () => (await tones()) > 0);
    expect(await tones()).toBe(2);
  });
});
