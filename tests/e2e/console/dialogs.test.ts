import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { makeKey, makeUser, type TestUser } from "@/tests/support/accounts";
import { api } from "@/tests/support/api";
import { secondsFromNow } from "@/tests/support/clock";
import { LOOKS } from "../support/accessibility";
import { dialog } from "../support/account-pages";
import { accountsUnderTest } from "../support/accounts-under-test";
import { coloursIn } from "../support/pixels";

const accounts = accountsUnderTest();
let admin: TestUser;

beforeAll(async () => {
  const { sql, url } = accounts;
  admin = await makeUser(sql, "admin", { email: "first@example.com" });
  await makeUser(sql, "viewer", { email: "second@example.com" });
  await makeKey(sql, { name: "gateway" });
  const reading = { device_code: "A-001", timestamp: secondsFromNow(0), voltage: 230, current: 10 };
  expect((await api(url).post("/api/telemetry", reading)).status).toBe(201);
});

/** The buttons that open a dialog, by page. */
const OPENERS: Record<string, RegExp[]> = {
  "/keys": [/^New key$/, /^Edit gateway$/, /^Rotate gateway$/, /^Revoke gateway$/],
  "/users": [/^Invite user$/, /^Change: second/, /^New link: second/, /^Disable: second/],
  "/profile": [/^Sign out everywhere$/],
  "/estate": [/^New facility$/, /^Edit facility harbour$/, /^Retire facility harbour$/],
  "/estate/zones": [/^New zone$/, /^Edit zone A$/, /^Retire zone A$/],
  "/estate/devices": [
    /^New device$/,
    /^Import CSV$/,
    /^Edit device A-001$/,
    /^Retire device A-001$/,
  ],
  "/estate/targets?facility=harbour": [/^Import CSV$/, /^Copy last week/],
  "/alerts": [/^Acknowledge: /],
};

test.each(LOOKS)(
  "the page stays visible behind every dialog at $width px in $colorScheme",
  async (look) => {
    const browser = await accounts.signIn(admin, look);
    const reader = await browser.context.newPage();
    const hidden: string[] = [];
    for (const [path, openers] of Object.entries(OPENERS)) {
      const page = await accounts.open(path, browser, look);
      for (const name of openers) {
        await page.getByRole("button", { name }).first().click();
        await dialog(page).waitFor();
        if (await isHiddenBehindDialog(page, reader)) hidden.push(`${path}: ${name.source}`);
        await page.keyboard.press("Escape");
        await dialog(page).waitFor({ state: "detached" });
      }
      await page.close();
    }
    expect(hidden).toEqual([]);
  },
  180_000,
);

/** Whether the page shows nothing of itself above the dialog, where its header is. */
async function isHiddenBehindDialog(page: Page, reader: Page): Promise<boolean> {
  const box = (await dialog(page).boundingBox())!;
  expect(box.y).toBeGreaterThan(16);
  const above = { x: 0, y: 0, width: page.viewportSize()!.width, height: Math.floor(box.y) };
  return (await coloursIn(await page.screenshot({ clip: above }), reader)) < 8;
}
