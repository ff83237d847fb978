import { describe, expect, test } from "vitest";
import { asUser, makeUser, PASSWORD } from "@/tests/support/accounts";
import { api } from "@/tests/support/api";
import { until } from "@/tests/support/clock";
import { makeFacility } from "@/tests/support/factories";
import { openUserMenu, signIn, signInRefused, untilReady } from "../support/entrance-page";
import { entranceUnderTest } from "../support/entrance-under-test";

const entrance = entranceUnderTest();
const { open } = entrance;
const REFUSED = "Wrong e-mail address or password.";
const user = (role: Parameters<typeof makeUser>[1], rest = {}) =>
  makeUser(entrance.database.sql, role, rest);
const pathOf = (address: string) => address.slice(entrance.url.length);

describe("signing in", () => {
  test("opens the dashboard by Enter, and signing out closes it", async () => {
    const { email } = await user("manager", { name: "Mo Chen" });
    const { page } = await open("/");
    expect(pathOf(page.url())).toBe("/sign-in");
    await untilReady(page, "Sign in");
    await page.getByLabel("E-mail address").fill(email.toUpperCase());
    await page.getByRole("textbox", { name: "Password", exact: true }).fill(PASSWORD);
    await page.keyboard.press("Enter");
    await page.waitForURL(`${entrance.url}/`);
    expect(await openUserMenu(page)).toEqual(["Mo Chen", email, "Manager", "Profile", "Sign out"]);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForURL(`${entrance.url}/sign-in`);
    await page.goto(`${entrance.url}/`);
    expect(pathOf(page.url())).toBe("/sign-in");
  });

  test("a wrong password and an unknown user get the same words", async () => {
    const { email } = await user("viewer");
    const { page } = await open("/sign-in", { expected: /status of 401/ });
    expect(await signInRefused(page, email, "not the password")).toBe(REFUSED);
    expect(await signInRefused(page, "nobody@example.com", PASSWORD)).toBe(REFUSED);
  });

  test("after five failures it says how long to wait, and waits", async () => {
    const { email } = await user("viewer");
    const { page } = await open("/sign-in", { expected: /status of 401/ });
    await page.clock.install();
    for (let attempt = 1; attempt < 5; attempt++) {
      expect(await signInRefused(page, email, `wrong ${attempt}`)).toBe(REFUSED);
    }
    const locked = await signInRefused(page, email, "wrong again");
    expect(locked).toMatch(/^Too many failed sign-ins\. Try again in (30|29)\ss\.$/);
    const button = page.getByRole("button", { name: "Sign in", exact: true });
    expect(await button.isDisabled()).toBe(true);
    await page.clock.fastForward(10_000);
    await page
      .getByRole("timer")
      .getByText(/^(20|1\d)\ss$/)
      .waitFor();
    await page.clock.fastForward(21_000);
    await until("the button to come back", () => button.isEnabled());
    // The server's own clock decides: for it hardly any time has gone by.
    expect(await signInRefused(page, email, PASSWORD)).toMatch(/^Too many failed sign-ins\./);
  });

  test("an unreachable server is said so, and the page stays", async () => {
    const { page } = await open("/sign-in", { expected: /ERR_FAILED/ });
    await page.route("**/api/auth/**", (route) => route.abort());
    await signIn(page, "somebody@example.com", PASSWORD);
    await page.getByRole("alert").getByText("The server can't be reached.").waitFor();
    expect(pathOf(page.url())).toBe("/sign-in");
    await untilReady(page, "Sign in");
  });

  test("who is signed in is led on", async () => {
    const { page } = await open("/sign-in?next=/%3Fdate%3D2024-05-14", {
      as: await user("viewer"),
    });
    expect(pathOf(page.url())).toBe("/?date=2024-05-14");
  });
});

describe("the way back after signing in", () => {
  test("leads to the page that was asked for", async () => {
    const { email } = await user("admin");
    const { page } = await open("/users?status=active");
    expect(pathOf(page.url())).toBe("/sign-in?next=%2Fusers%3Fstatus%3Dactive");
    await signIn(page, email, PASSWORD);
    await page.waitForURL(`${entrance.url}/users?status=active`);
  });

  test.each(["https://evil.example/", "//evil.example/", "/\\evil.example", "/.//evil.example/"])(
    "never leads to another host: %s",
    async (next) => {
      const { email } = await user("viewer");
      const { page } = await open(`/sign-in?next=${encodeURIComponent(next)}`);
      await signIn(page, email, PASSWORD);
      await page.waitForURL((address) => address.pathname !== "/sign-in");
      expect(page.url()).toBe(`${entrance.url}/`);
    },
  );
});

describe("an invitation", () => {
  const invite = async (email: string) => {
    const { post } = api(entrance.url, await asUser(entrance.database.sql, "admin"));
    const message = { email, name: "New One", role: "operator" };
    const { status, body } = await post("/api/users", message);
    expect(status).toBe(201);
    return body.invitation_path as string;
  };

  test("lets its user choose a password once, and signs them in", async () => {
    const path = await invite("new@example.com");
    const { page } = await open(path, { expected: /status of 400/ });
    expect(await page.getByLabel("E-mail address").inputValue()).toBe("new@example.com");
    await page.getByLabel("Name", { exact: true }).fill("Newton Ng");
    const password = page.getByRole("textbox", { name: "Password", exact: true });
    await password.fill("password12");
    const button = page.getByRole("button", { name: "Set password and sign in" });
    await button.click();
    await page.getByText(/^Too easy to guess/).waitFor();
    expect(await password.evaluate((field) => field === document.activeElement)).toBe(true);
    await password.fill("eleven quiet elevators");
    await button.click();
    await page.waitForURL(`${entrance.url}/`);
    expect(await openUserMenu(page)).toContain("Newton Ng");
    await page.goto(entrance.url + path);
    await page
      .getByRole("heading", { name: "This link has expired or was already used" })
      .waitFor();
  });

  test("that ends while its page is open says so", async () => {
    const path = await invite("late@example.com");
    const { page } = await open(path, { expected: /status of 404/ });
    await entrance.database.sql`update invitations set expires_at = now() - interval '1 s'`;
    await page.getByRole("textbox", { name: "Password", exact: true }).fill("eleven quiet lifts");
    await page.getByRole("button", { name: "Set password and sign in" }).click();
    await page
      .getByRole("heading", { name: "This link has expired or was already used" })
      .waitFor();
  });
});

describe("the frame", () => {
  const pages = (page: Awaited<ReturnType<typeof open>>["page"]) =>
    page.getByRole("navigation", { name: "Pages" }).getByRole("link");

  test("a viewer sees the pages of viewers; another one is forbidden, and says for whom it is", async () => {
    const as = await user("viewer");
    const { page, response } = await open("/users", { as, expected: /status of 403/ });
    expect(response?.status()).toBe(403);
    await page.getByRole("heading", { name: "You have no permission for this page" }).waitFor();
    await page.getByText("It is for administrators.").waitFor();
    expect(await pages(page).allTextContents()).toEqual([
      ...["Dashboard", "Live", "Alerts", "Facilities", "Settings"],
    ]);
    await page.getByRole("link", { name: "Go to the dashboard" }).click();
    await page.waitForURL(`${entrance.url}/`);
    await page.locator('nav a[aria-current="page"]').getByText("Dashboard").waitFor();
  });

  test("an administrator sees all pages", async () => {
    const { page } = await open("/", { as: await user("admin"), width: 390 });
    expect(await pages(page).allTextContents()).toEqual([
      ...["Dashboard", "Live", "Alerts", "Reports", "Facilities", "Settings"],
    ]);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    expect(overflow).toBe(0);
  });

  test("the menu opens and signs out by keyboard, and tells what its user is limited to", async () => {
    const { id } = await makeFacility(entrance.database.sql);
    const { page } = await open("/", { as: await user("viewer", { facilityIds: [id] }) });
    const target = page.getByRole("button", { name: /: your account$/ });
    await target.focus();
    const menu = page.getByRole("dialog");
    await until("the menu", async () => {
      if (!(await menu.isVisible())) await page.keyboard.press("Enter");
      return menu.isVisible();
    });
    await menu.getByText("Limited to 1 facility").waitFor();
    await page.keyboard.press("Escape");
    await menu.waitFor({ state: "detached" });
    expect(await target.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press("Enter");
    const signOut = menu.getByRole("button", { name: "Sign out" });
    await until("the focus on it", async () => {
      await page.keyboard.press("Tab");
      return signOut.evaluate((button) => button === document.activeElement);
    });
    await page.keyboard.press("Enter");
    await page.waitForURL(`${entrance.url}/sign-in`);
  });
});

test("while the database is away sign-in says so, and comes by itself", async () => {
  entrance.relay.cut();
  try {
    const { page } = await open("/sign-in", { expected: /status of 503/ });
    await page.getByRole("heading", { name: "Database unavailable" }).waitFor();
    entrance.relay.mend();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
  } finally {
    entrance.relay.mend();
  }
});
