import { describe, expect, test } from "vitest";
import { makeUser, PASSWORD, sessionCookie } from "@/tests/support/accounts";
import { api } from "@/tests/support/api";
import { button, closeShown, dialog, row, shown } from "../support/account-pages";
import { accountsUnderTest, type SignedIn } from "../support/accounts-under-test";
import { seen } from "../support/dashboard-page";

const accounts = accountsUnderTest();
const { open, signIn, expectRefusal } = accounts;

/** The status that a session gets which asks who it is. */
async function profileWith({ token }: SignedIn): Promise<number> {
  return (await api(accounts.url, { Cookie: sessionCookie(token) }).get("/api/profile")).status;
}

describe("users", () => {
  test("an invited user chooses a password with the link that is shown", async () => {
    const page = await open("/users", await makeUser(accounts.sql, "admin"));
    await button(page, "Invite user").click();
    await dialog(page).getByLabel("E-mail").fill("new@example.com");
    await dialog(page).getByRole("textbox", { name: "Name" }).fill("New Colleague");
    await dialog(page).getByRole("radio", { name: "operator" }).check();
    await dialog(page).getByRole("radio", { name: "Only selected facilities" }).check();
    await dialog(page).getByRole("combobox", { name: "Selected facilities" }).click();
    await page.getByRole("option", { name: "Harbour" }).click();
    // Its list stays open for more, and lies over the buttons.
    await page.keyboard.press("Tab");
    await button(dialog(page), "Invite").click();
    await dialog(page).getByText("It works once, for 7 days").waitFor();
    const link = await shown(page, "Link");
    expect(link).toMatch(new RegExp(`^${accounts.url}/invite/[\\w-]{43}$`));
    await closeShown(page);
    const text = await seen(row(page, /^New Colleague/));
    expect(text).toMatch(/Invited\s+operator\s+Harbour\s+Never\s+expires in 7 d/);
    const answer = { token: link.split("/").at(-1), password: "boats on a quiet lake" };
    const { post } = api(accounts.url, {});
    expect((await post("/api/invitations/accept", answer)).status).toBe(200);
    expect((await post("/api/invitations/accept", answer)).status).not.toBe(200);
  });

  test("an invitation for selected facilities is not sent without one", async () => {
    const page = await open("/users", await makeUser(accounts.sql, "admin"));
    await button(page, "Invite user").click();
    await dialog(page).getByLabel("E-mail").fill("nowhere@example.com");
    await dialog(page).getByRole("textbox", { name: "Name" }).fill("Nowhere");
    await dialog(page).getByRole("radio", { name: "Only selected facilities" }).check();
    await button(dialog(page), "Invite").click();
    await dialog(page).getByText("Select at least one facility.").waitFor();
    expectRefusal(page, 400);
    expect(await accounts.sql`select from users where name = 'Nowhere'`).toHaveLength(0);
  });

  test("another role ends a user's sessions", async () => {
    const viewer = await makeUser(accounts.sql, "viewer", { name: "Promoted" });
    const theirs = await signIn(viewer);
    expect(await profileWith(theirs)).toBe(200);
    const page = await open("/users", await makeUser(accounts.sql, "admin"));
    await button(page, `Change: ${viewer.email}`).click();
    await dialog(page).getByText(`signs ${viewer.email} out everywhere`).waitFor();
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

  test("disabling a user names the keys that they made, and asks what happens to them", async () => {
    const manager = await makeUser(accounts.sql, "manager", { name: "Leaving" });
    const { token } = await signIn(manager);
    const own = api(accounts.url, { Cookie: sessionCookie(token) });
    const made = await own.post("/api/keys", { name: "Gateway north", scopes: ["ingest", "read"] });
    const statusOf = async () =>
      (await api(accounts.url, { Authorization: `Bearer ${made.body.key}` }).get("/api/devices"))
        .status;
    const page = await open("/users", await makeUser(accounts.sql, "admin"));
    await button(page, `Disable: ${manager.email}`).click();
    await dialog(page).getByText("1 key created by this user").waitFor();
    await dialog(page)
      .getByText(/Gateway north.*\(ingest, read\)/)
      .waitFor();
    await button(dialog(page), "Disable").click();
    await dialog(page).getByText("Choose one.").waitFor();
    expect(await statusOf()).toBe(200);
    await dialog(page).getByRole("radio", { name: "Revoke them" }).check();
    await button(dialog(page), "Disable").click();
    await row(page, /^Leaving/)
      .getByText("Disabled")
      .waitFor();
    expect(await statusOf()).toBe(401);
  });

  test("a user gets a new link, and an address is not invited twice", async () => {
    const viewer = await makeUser(accounts.sql, "viewer", { name: "Forgetful" });
    const page = await open("/users", await makeUser(accounts.sql, "admin"));
    await button(page, `New link: ${viewer.email}`).click();
    await button(dialog(page), "Create link").click();
    await dialog(page).getByText("No e-mail is sent").waitFor();
    expect(await shown(page, "Link")).toContain("/invite/");
    await closeShown(page);
    await button(page, "Invite user").click();
    await dialog(page).getByLabel("E-mail").fill(viewer.email);
    await dialog(page).getByRole("textbox", { name: "Name" }).fill("Again");
    await button(dialog(page), "Invite").click();
    await dialog(page).getByText("Another user has this e-mail address.").waitFor();
    expectRefusal(page, 409);
  });

  test("the last administrator has to stay one, and the dialog says so", async () => {
    const { sql } = accounts;
    const admin = await makeUser(sql, "admin", { name: "The last one" });
    await sql`update users set disabled_at = now() where role = 'admin' and id <> ${admin.id}`;
    const page = await open("/users", admin);
    await button(page, `Disable: ${admin.email}`).click();
    await button(dialog(page), "Disable").click();
    await dialog(page).getByText("The last administrator has to stay one.").waitFor();
    expectRefusal(page, 409);
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
    expectRefusal(page, 400);
    await page.getByLabel("Current password").fill(PASSWORD);
    await page.getByLabel("New password").fill("seven herons by the weir");
    await button(page, "Change password").click();
    await page.getByText("Password changed.").waitFor();
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
    await page.waitForURL(/\/sign-in/);
    accounts.forgive(page, /401/);
    expect(await profileWith(mine)).toBe(401);
  });

  test("a limited user sees which facilities", async () => {
    const { sql, meadow } = accounts;
    const user = await makeUser(sql, "operator", { facilityIds: [meadow.id] });
    const page = await open("/profile", user);
    const facts = await seen(page.getByRole("region", { name: "You" }));
    expect(facts).toMatch(/Operator: you can also acknowledge.*\s+Facilities\s+Meadow/);
  });
});
