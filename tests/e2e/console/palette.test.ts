import { expect, test } from "vitest";
import { makeUser } from "@/tests/support/accounts";
import { until } from "@/tests/support/clock";
import { accountsUnderTest } from "../support/accounts-under-test";

const site = accountsUnderTest();
const { open } = site;

const viewer = () => makeUser(site.sql, "viewer");
type Page = Awaited<ReturnType<typeof open>>;
const search = (page: Page) => page.getByRole("textbox", { name: /^Search devices/ });

/** Opens the palette, types and presses Enter once there is something to find. */
async function find(page: Page, text: string, label: string) {
  await page.keyboard.press("Control+k");
  await search(page).waitFor();
  await page.keyboard.type(text);
  await page.getByRole("dialog").getByRole("button", { name: label, exact: true }).waitFor();
  await page.keyboard.press("Enter");
}

test("keys that are typed while the palette loads are its first ones, and none stays for the next time", async () => {
  const page = await open("/profile", await viewer());
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/_next\/static\/chunks\//, async (route) => {
    await held;
    await route.continue();
  });
  await page.keyboard.press("Control+k");
  await page.keyboard.type("livex");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Enter");
  release();
  await page.waitForURL(/\/live$/);
  await search(page).waitFor({ state: "hidden" });
  await page.keyboard.press("Control+k");
  await search(page).waitFor();
  expect(await search(page).inputValue()).toBe("");
});

test("the palette does what is asked: alert types, offline devices, colours, signing out", async () => {
  const page = await open(`/?facility=${site.harbour.id}`, await viewer());
  const shown = (path: string, query: object) =>
    until(path, () => {
      const { pathname, searchParams } = new URL(page.url());
      const given = Object.fromEntries(searchParams);
      return pathname === path && JSON.stringify(given) === JSON.stringify(query);
    });
  const facility = String(site.harbour.id);
  await find(page, "high pow", "High power alerts");
  await shown("/alerts", { facility, type: "high_power" });
  await find(page, "offline dev", "Offline devices");
  await shown("/live", { facility, state: "offline" });
  await find(page, "dark", "Dark colours");
  await page.locator("html[data-mantine-color-scheme=dark]").waitFor();
  await find(page, "log out", "Sign out");
  await page.waitForURL("**/sign-in");
});
