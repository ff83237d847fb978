import { expect, test } from "vitest";
import { makeUser } from "@/tests/support/accounts";
import { button, dialog } from "../support/account-pages";
import { accountsUnderTest } from "../support/accounts-under-test";

const site = accountsUnderTest();
const { open, signIn } = site;

test("signing out in one tab leads the others to sign-in", async () => {
  const browser = await signIn(await makeUser(site.sql, "viewer"));
  const others = [await open("/live", browser), await open("/profile", browser)];
  const page = await open("/alerts", browser);
  await page.getByRole("button", { name: /: your account$/ }).click();
  await button(page, "Sign out").click();
  for (const tab of [page, ...others]) {
    // A page that listens may hear it from the server first, and then leads back to itself.
    await tab.waitForURL(/\/sign-in/);
    await tab.getByRole("heading", { name: "Sign in" }).waitFor();
    site.forgive(tab, /401/);
  }
});

test("an answer that there is no session any more leads to sign-in, and back to the same page", async () => {
  const user = await makeUser(site.sql, "admin");
  const page = await open("/users", user);
  await button(page, "Invite user").click();
  await dialog(page).getByLabel("E-mail").fill("late@example.com");
  await dialog(page).getByRole("textbox", { name: "Name" }).fill("Late");
  await site.sql`delete from sessions where user_id = ${user.id}`;
  await button(dialog(page), "Invite").click();
  await page.waitForURL("**/sign-in?next=%2Fusers");
  site.forgive(page, /401/);
  expect(await site.sql`select from users where name = 'Late'`).toHaveLength(0);
});

test("a page that only listens finds out by itself that its session is over", async () => {
  const user = await makeUser(site.sql, "viewer");
  const page = await open("/live?search=x", user);
  await page
    .getByRole("status")
    .filter({ hasText: /^Live$/ })
    .waitFor();
  await site.sql`delete from sessions where user_id = ${user.id}`;
  await page.waitForURL("**/sign-in?next=%2Flive%3Fsearch%3Dx", { timeout: 60_000 });
  site.forgive(page, /401/);
});
