import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { makeKey, makeUser, sessionCookie } from "@/tests/support/accounts";
import { api } from "@/tests/support/api";
import { until } from "@/tests/support/clock";
import { barriers, LOOKS } from "../support/accessibility";
import { button, dialog, makeKeyInBrowser, row } from "../support/account-pages";
import { accountsUnderTest } from "../support/accounts-under-test";
import { lookNow, seen } from "../support/dashboard-page";

const accounts = accountsUnderTest();
const { open, signIn, expectRefusal } = accounts;

describe("the audit log", () => {
  test("shows who changed what to what, and filters through the address", async () => {
    const admin = await makeUser(accounts.sql, "admin");
    const target = await makeUser(accounts.sql, "viewer", { email: "audited@example.com" });
    const { patch } = api(accounts.url, { Cookie: sessionCookie((await signIn(admin)).token) });
    expect((await patch(`/api/users/${target.id}`, { role: "operator" })).status).toBe(200);
    const page = await open("/audit?search=audited", admin);
    const entry = row(page, "changed user audited@example.com");
    const text = (await seen(entry)).replace(/\s+/g, " ");
    expect(text).toContain(admin.email);
    expect(text).toMatch(/\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} UTC/);
    expect(text).toContain("role: viewer");
    expect(text).toContain("operator");
    await page.getByLabel("About").selectOption("Keys");
    await page.getByText("No entry matches these filters.").waitFor();
    const { searchParams } = new URL(page.url());
    expect(Object.fromEntries(searchParams)).toEqual({ search: "audited", action: "key" });
    const file = await page.getByRole("link", { name: "Download CSV" }).getAttribute("href");
    expect(file).toBe("/api/audit?format=csv&search=audited&action=key");
    await page.getByLabel("About").selectOption("Users");
    await entry.waitFor();
    await page.getByLabel("From").fill("2999-01-01");
    await page.getByText("No entry matches these filters.").waitFor();
    expect(new URL(page.url()).searchParams.get("from")).toBe("2999-01-01");
  });

  test("pages forward and back through the address", async () => {
    const { sql } = accounts;
    await sql`insert into audit_log (at, actor_kind, actor_name, action, subject_name)
      select now(), 'system', 'many', 'device.created', 'D-' || n from generate_series(1, 60) n`;
    const page = await open("/audit?search=many", await makeUser(sql, "admin"));
    await page.getByText("1–50 of 60").waitFor();
    await page.getByRole("link", { name: "Next" }).click();
    await page.getByText("51–60 of 60").waitFor();
    expect(await page.locator("tbody tr").count()).toBe(10);
    await page.getByRole("link", { name: "Previous" }).click();
    await page.getByText("1–50 of 60").waitFor();
  });

  test.each(["/users", "/audit"])("%s is not for a manager", async (path) => {
    const { token } = await signIn(await makeUser(accounts.sql, "manager"));
    const { get } = api(accounts.url, { Cookie: sessionCookie(token) });
    expect((await get(path)).status).toBe(403);
  });
});

describe("for everybody", () => {
  test.each(["/keys", "/users", "/audit", "/profile"])(
    "%s says that the database is away, and comes by itself when it is back",
    async (path) => {
      const admin = await signIn(await makeUser(accounts.sql, "admin"));
      accounts.relay.cut();
      try {
        const page = await open(path, admin);
        await page.getByRole("heading", { name: "Database unavailable" }).waitFor();
        accounts.relay.mend();
        await until("the page", async () => {
          await lookNow(page);
          return (await page.locator("main table").count()) > 0;
        });
      } finally {
        accounts.relay.mend();
      }
      // The browser itself reports the 503s of the outage, if it has seen any.
      for (const { errors } of accounts.watched) {
        expect(errors.filter((error) => !error.includes("503"))).toEqual([]);
        errors.length = 0;
      }
    },
  );

  test.each(LOOKS)("the dialogs have no barriers at $width px in $colorScheme", async (view) => {
    const { sql } = accounts;
    const admin = await makeUser(sql, "admin");
    const name = `Key of ${view.width} ${view.colorScheme}`;
    await makeKey(sql, { name });
    const browser = await signIn(admin, view);
    const noBarriers = async (page: Page, what: string) => {
      await dialog(page).waitFor();
      expect(await barriers(page, "[role=dialog]"), what).toEqual([]);
    };
    const keys = await open("/keys", browser);
    for (const action of ["Edit", "Rotate", "Revoke"]) {
      await button(keys, `${action} ${name}`).click();
      await noBarriers(keys, action);
      await keys.keyboard.press("Escape");
      await dialog(keys).waitFor({ state: "detached" });
    }
    await makeKeyInBrowser(keys, `${name}, new`);
    await noBarriers(keys, "the secret");
    const users = await open("/users", browser);
    for (const action of ["Change", "New link", "Disable"]) {
      await button(users, `${action}: ${admin.email}`).click();
      await noBarriers(users, action);
      await users.keyboard.press("Escape");
      await dialog(users).waitFor({ state: "detached" });
    }
    await button(users, "Invite user").click();
    await dialog(users).getByRole("radio", { name: "Only selected facilities" }).check();
    await button(dialog(users), "Invite").click();
    await dialog(users).getByText("Must be an e-mail address.").waitFor();
    await noBarriers(users, "an invitation that is refused");
    expectRefusal(users, 400);
  });
});
