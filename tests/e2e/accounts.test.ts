import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { makeKey, makeUser, PASSWORD, sessionCookie } from "@/tests/support/accounts";
import { api } from "@/tests/support/api";
import { until } from "@/tests/support/clock";
import { barriers, overflow } from "./support/accessibility";
import {
  button,
  closeShown,
  dialog,
  makeKeyInBrowser,
  rotateInBrowser,
  row,
  shown,
} from "./support/account-pages";
import { accountsUnderTest, type SignedIn } from "./support/accounts-under-test";
import { lookNow, seen } from "./support/dashboard-page";

const accounts = accountsUnderTest();
const { open, signIn } = accounts;

let readings = 0;
/** The status that a reading gets which is sent with this secret. */
async function sendWith(secret: string): Promise<number> {
  const timestamp = new Date(Date.UTC(2024, 0, 1, 0, 0, ++readings)).toISOString();
  const reading = { device_code: "A-001", timestamp, voltage: 230, current: 1 };
  const { post } = api(accounts.url, { Authorization: `Bearer ${secret}` });
  return (await post("/api/telemetry", reading)).status;
}

/** The status that a session gets which asks who it is. */
async function profileWith({ token }: SignedIn): Promise<number> {
  return (await api(accounts.url, { Cookie: sessionCookie(token) }).get("/api/profile")).status;
}

/** Takes back that the browser itself reports answers of this status. */
function expectRefusal(status: number): void {
  for (const { errors } of accounts.watched) {
    const others = errors.filter((error) => !error.includes(String(status)));
    expect(others.length).toBeLessThan(errors.length);
    errors.splice(0, errors.length, ...others);
  }
}

describe("keys", () => {
  test("a key that is made in the browser sends readings, and its secret is shown once", async () => {
    const page = await open("/keys", await makeUser(accounts.sql, "manager"));
    const secret = await makeKeyInBrowser(page, "Gateway north");
    expect(await sendWith(secret)).toBe(201);
    const command = await until("the example", async () => {
      const text = await shown(page, "Send a reading with it");
      return text.includes('"A-001"') && text;
    });
    expect(command).toContain(`curl -X POST '${accounts.url}/api/telemetry'`);
    expect(command).toContain(`-H 'Authorization: Bearer ${secret}'`);
    expect(command).toContain(`"timestamp":"'$(date -u +%FT%TZ)'"`);
    await page.keyboard.press("Escape");
    expect(await dialog(page).count()).toBe(1);
    await closeShown(page);
    await until("the focus on what opened the dialog", () =>
      page.evaluate(() => document.activeElement?.textContent === "New key"),
    );
    const text = await seen(row(page, /^Gateway north/));
    expect(text).toContain(secret.slice(0, 8));
    expect(text).not.toContain(secret.slice(0, 9));
    expect(text).toMatch(/Active\s+ingest\s+whole estate/);
  });

  test("while a rotated key's secrets overlap both work; without overlap the old one is refused", async () => {
    const { secret: first } = await makeKey(accounts.sql, { name: "Rotated" });
    const page = await open("/keys", await makeUser(accounts.sql, "manager"));
    const second = await rotateInBrowser(page, "Rotated", "1 day");
    expect(await Promise.all([first, second].map(sendWith))).toEqual([201, 201]);
    await closeShown(page);
    await until("the end of the old one", async () =>
      (await seen(row(page, /^Rotated/))).includes("ends in 1 d"),
    );
    const third = await rotateInBrowser(page, "Rotated", "Not at all: it ends at once");
    expect(await Promise.all([first, second, third].map(sendWith))).toEqual([401, 401, 201]);
  });

  test("a revoked key is refused, goes to the end and can't be changed", async () => {
    const { secret } = await makeKey(accounts.sql, { name: "Lost" });
    const page = await open("/keys", await makeUser(accounts.sql, "manager"));
    expect(await sendWith(secret)).toBe(201);
    await button(page, "Revoke Lost").click();
    await dialog(page).getByText("stops working at once").waitFor();
    await button(dialog(page), "Revoke for good").click();
    await row(page, /^Lost/).getByText("Revoked").waitFor();
    expect(await sendWith(secret)).toBe(401);
    expect(await row(page, /^Lost/).getByRole("button").count()).toBe(0);
    expect(await seen(page.locator("tbody tr").last())).toContain("Revoked");
    await until("the focus on the heading", () =>
      page.evaluate(() => document.activeElement?.tagName === "H1"),
    );
  });

  test("a key gets another name and an end; an end that has passed is refused", async () => {
    await makeKey(accounts.sql, { name: "Old name" });
    const page = await open("/keys", await makeUser(accounts.sql, "manager"));
    await button(page, "Edit Old name").click();
    await dialog(page).getByRole("textbox", { name: "Name" }).fill("New name");
    await dialog(page).getByLabel("Last day").fill("2999-12-31");
    await page.keyboard.press("Tab");
    await button(dialog(page), "Save").click();
    await until("the end", async () => (await seen(row(page, /^New name/))).includes("2999-12-31"));
    await button(page, "New key").click();
    await dialog(page).getByRole("textbox", { name: "Name" }).fill("Too late");
    await dialog(page).getByLabel("Last day").fill("2020-01-01");
    await page.keyboard.press("Tab");
    await button(dialog(page), "Make key").click();
    await dialog(page).getByText("Must be in the future.").waitFor();
    expectRefusal(400);
  });

  test("a key for one device is found by its code, and reaches nothing else", async () => {
    const page = await open("/keys", await makeUser(accounts.sql, "manager"));
    await button(page, "New key").click();
    await dialog(page).getByRole("textbox", { name: "Name" }).fill("Bay sensor");
    await dialog(page).getByLabel("Reaches").selectOption("One device");
    await dialog(page).getByRole("combobox", { name: "Device" }).fill("a-00");
    await page.getByRole("option", { name: "A-001 · zone A" }).click();
    await button(dialog(page), "Make key").click();
    await dialog(page).getByText("Copy the secret now").waitFor();
    await closeShown(page);
    await until("its place", async () =>
      (await seen(row(page, /^Bay sensor/))).includes("device A-001"),
    );
  });

  test("a manager of one facility sees and makes its keys alone", async () => {
    const { sql, harbour, meadow } = accounts;
    await makeKey(sql, { name: "Of the harbour", facilityId: harbour.id });
    await makeKey(sql, { name: "Of the meadow", facilityId: meadow.id });
    await makeKey(sql, { name: "Of everything" });
    const manager = await makeUser(sql, "manager", { facilityIds: [meadow.id] });
    const page = await open("/keys", manager);
    expect(await page.getByRole("rowheader").count()).toBe(1);
    expect(await seen(page.getByRole("rowheader"))).toContain("Of the meadow");
    await button(page, "New key").click();
    const places = await dialog(page).getByLabel("Reaches").locator("option").allTextContents();
    expect(places).not.toContain("Whole estate");
    const facilities = await dialog(page)
      .getByLabel("Facility", { exact: true })
      .locator("option")
      .allTextContents();
    expect(facilities).toEqual(["meadow · Meadow"]);
  });

  test("a search narrows the list down through the address", async () => {
    await makeKey(accounts.sql, { name: "Needle" });
    await makeKey(accounts.sql, { name: "Hay" });
    const page = await open("/keys", await makeUser(accounts.sql, "manager"));
    await page.getByRole("searchbox", { name: "Search" }).fill("nEEdle");
    await page.getByText(/^1 of \d+ keys match$/).waitFor();
    expect(new URL(page.url()).search).toBe("?search=nEEdle");
    expect(await seen(page.getByRole("rowheader"))).toContain("Needle");
  });
});

describe("users", () => {
  test("an invited user chooses a password with the link that is shown", async () => {
    const page = await open("/users", await makeUser(accounts.sql, "admin"));
    await button(page, "Invite user").click();
    await dialog(page).getByLabel("E-mail").fill("new@example.com");
    await dialog(page).getByRole("textbox", { name: "Name" }).fill("New Colleague");
    await dialog(page).getByRole("radio", { name: "operator" }).check();
    await dialog(page).getByRole("radio", { name: "Only chosen ones" }).check();
    await dialog(page).getByRole("combobox", { name: "Chosen facilities" }).click();
    await page.getByRole("option", { name: "Harbour" }).click();
    // Its list stays open for more, and lies over the buttons.
    await page.keyboard.press("Tab");
    await button(dialog(page), "Invite").click();
    await dialog(page).getByText("It works once, for 7 days").waitFor();
    const link = await shown(page, "Link");
    expect(link).toMatch(new RegExp(`^${accounts.url}/invite/[\\w-]{43}$`));
    await closeShown(page);
    const text = await seen(row(page, /^New Colleague/));
    expect(text).toMatch(/Invited\s+operator\s+Harbour\s+Never\s+ends in 7 d/);
    const answer = { token: link.split("/").at(-1), password: "boats on a quiet lake" };
    const { post } = api(accounts.url, {});
    expect((await post("/api/invitations/accept", answer)).status).toBe(200);
    expect((await post("/api/invitations/accept", answer)).status).not.toBe(200);
  });

  test("another role ends a user's sessions", async () => {
    const viewer = await makeUser(accounts.sql, "viewer", { name: "Promoted" });
    const theirs = await signIn(viewer);
    expect(await profileWith(theirs)).toBe(200);
    const page = await open("/users", await makeUser(accounts.sql, "admin"));
    await button(page, `Change: ${viewer.email}`).click();
    await dialog(page).getByText(`sign ${viewer.email} out at once`).waitFor();
    await dialog(page).getByRole("radio", { name: "manager" }).check();
    await button(dialog(page), "Save").click();
    await row(page, /^Promoted/)
      .getByText("manager", { exact: true })
      .waitFor();
    expect(await profileWith(theirs)).toBe(401);
  });

  test("a disabled user is out until enabled again", async () => {
    const viewer = await makeUser(accounts.sql, "viewer", { name: "On leave" });
    const theirs = await signIn(viewer);
    const page = await open("/users", await makeUser(accounts.sql, "admin"));
    await button(page, `Disable: ${viewer.email}`).click();
    await button(dialog(page), "Disable").click();
    await row(page, /^On leave/)
      .getByText("Disabled")
      .waitFor();
    expect(await profileWith(theirs)).toBe(401);
    expect(await button(page, `New link: ${viewer.email}`).count()).toBe(0);
    await button(page, `Enable: ${viewer.email}`).click();
    await button(dialog(page), "Enable").click();
    await row(page, /^On leave/)
      .getByText("Active")
      .waitFor();
  });

  test("a user gets a new link, and an address is not invited twice", async () => {
    const viewer = await makeUser(accounts.sql, "viewer", { name: "Forgetful" });
    const page = await open("/users", await makeUser(accounts.sql, "admin"));
    await button(page, `New link: ${viewer.email}`).click();
    await button(dialog(page), "Make link").click();
    await dialog(page).getByText("no mail is sent").waitFor();
    expect(await shown(page, "Link")).toContain("/invite/");
    await closeShown(page);
    await button(page, "Invite user").click();
    await dialog(page).getByLabel("E-mail").fill(viewer.email);
    await dialog(page).getByRole("textbox", { name: "Name" }).fill("Again");
    await button(dialog(page), "Invite").click();
    await dialog(page).getByText("Another user has this e-mail address.").waitFor();
    expectRefusal(409);
  });

  test("the last administrator has to stay one, and the dialog says so", async () => {
    const { sql } = accounts;
    const admin = await makeUser(sql, "admin", { name: "The last one" });
    await sql`update users set disabled_at = now() where role = 'admin' and id <> ${admin.id}`;
    const page = await open("/users", admin);
    await button(page, `Disable: ${admin.email}`).click();
    await button(dialog(page), "Disable").click();
    await dialog(page).getByText("The last administrator has to stay one.").waitFor();
    expectRefusal(409);
  });
});

describe("the profile", () => {
  test("a changed password keeps this browser signed in and ends every other session", async () => {
    const user = await makeUser(accounts.sql, "viewer", { name: "Careful" });
    const other = await signIn(user);
    const page = await open("/profile", user);
    await page.getByLabel("Current password").fill("not my password");
    await page.getByLabel("New password").fill("password12");
    await button(page, "Change password").click();
    await page.locator(".mantine-InputWrapper-error").waitFor();
    expectRefusal(400);
    await page.getByLabel("Current password").fill(PASSWORD);
    await page.getByLabel("New password").fill("seven herons by the weir");
    await button(page, "Change password").click();
    await page.getByText("The password is changed.").waitFor();
    expect(await profileWith(other)).toBe(401);
    await page.getByText("1 session").waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "Profile", level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/profile");
  });

  test("another session can be ended, and all of them", async () => {
    const user = await makeUser(accounts.sql, "viewer");
    const other = await signIn(user);
    const mine = await signIn(user);
    const page = await open("/profile", mine);
    await page.getByText("2 sessions").waitFor();
    const current = page.locator("tbody tr").filter({ hasText: "This session" });
    expect(await current.count()).toBe(1);
    await button(page, /^End the session in/).click();
    await page.getByText("1 session").waitFor();
    expect(await profileWith(other)).toBe(401);
    expect(await profileWith(mine)).toBe(200);
    await button(page, "Sign out everywhere").click();
    await button(dialog(page), "Sign out everywhere").click();
    await page.waitForURL("**/sign-in");
    expect(await profileWith(mine)).toBe(401);
  });

  test("a limited user sees which facilities", async () => {
    const { sql, meadow } = accounts;
    const user = await makeUser(sql, "operator", { facilityIds: [meadow.id] });
    const page = await open("/profile", user);
    const facts = await seen(page.getByRole("region", { name: "You" }));
    expect(facts).toMatch(/Operator: you may also acknowledge.*\s+Facilities\s+Meadow/);
  });
});

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
  const views = [1440, 390].flatMap((width) =>
    (["light", "dark"] as const).map((colorScheme) => ({ width, colorScheme })),
  );

  test.each(["/keys", "/users", "/audit", "/profile"])(
    "%s says that the database is away, and comes by itself when it is back",
    async (path) => {
      const admin = await signIn(await makeUser(accounts.sql, "admin"));
      accounts.relay.cut();
      try {
        const page = await open(path, admin);
        await page.getByRole("heading", { name: "The database is away" }).waitFor();
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

  test.each(views)("the pages have no barriers at $width px in $colorScheme", async (view) => {
    const admin = await makeUser(accounts.sql, "admin");
    await makeKey(accounts.sql, { name: "Ended", expiresAt: new Date("2024-01-01") });
    const browser = await signIn(admin, view);
    for (const path of ["/keys", "/users", "/audit", "/profile"]) {
      const page = await open(path, browser);
      expect(await barriers(page), path).toEqual([]);
      expect(await overflow(page), path).toBe(0);
    }
  });

  test.each(views)("the dialogs have no barriers at $width px in $colorScheme", async (view) => {
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
    await dialog(users).getByRole("radio", { name: "Only chosen ones" }).check();
    await button(dialog(users), "Invite").click();
    await dialog(users).getByText("Must be an e-mail address.").waitFor();
    await noBarriers(users, "an invitation that is refused");
    expectRefusal(400);
  });
});
