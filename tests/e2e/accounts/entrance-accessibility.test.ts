import { beforeAll, describe, expect, test } from "vitest";
import { asUser, makeUser } from "@/tests/support/accounts";
import { api } from "@/tests/support/api";
import { barriers, LOOKS } from "../support/accessibility";
import { openUserMenu, signInRefused, untilReady } from "../support/entrance-page";
import { entranceUnderTest, type Installation } from "../support/entrance-under-test";

const entrance = entranceUnderTest();
const { open } = entrance;

describe.each(LOOKS)(
  "at $width pixels in $colorScheme colours nothing keeps people out",
  (look) => {
    test("of sign-in, nor of its refusal", async () => {
      const { page } = await open("/sign-in", { ...look, expected: /status of 401/ });
      await untilReady(page, "Sign in");
      expect(await barriers(page)).toEqual([]);
      await signInRefused(page, "nobody@example.com", "a password");
      expect(await barriers(page)).toEqual([]);
    });

    test("of an invitation, nor of one that has ended", async () => {
      const { post } = api(entrance.url, await asUser(entrance.database.sql, "admin"));
      const email = `${look.colorScheme}-${look.width}@example.com`;
      const { body } = await post("/api/users", { email, name: "New One", role: "operator" });
      const { page } = await open(body.invitation_path, look);
      await untilReady(page, "Set password and sign in");
      expect(await barriers(page)).toEqual([]);
      await page.goto(`${entrance.url}/invite/gone`);
      expect(await barriers(page)).toEqual([]);
    });

    test("of a page that is not theirs, nor of the menu", async () => {
      const as = await makeUser(entrance.database.sql, "viewer");
      const { page } = await open("/users", { ...look, as, expected: /status of 403/ });
      await page.getByRole("heading", { name: "You have no permission for this page" }).waitFor();
      expect(await barriers(page)).toEqual([]);
      await openUserMenu(page);
      expect(await barriers(page)).toEqual([]);
    });
  },
);

describe("set-up", () => {
  let at: Installation;
  beforeAll(async () => {
    at = await entrance.fresh();
  });

  test.each(LOOKS)("at $width pixels in $colorScheme colours keeps nobody out", async (look) => {
    const { page } = await open("/setup", { ...look, at, expected: /status of 400/ });
    await untilReady(page, "Set up and sign in");
    expect(await barriers(page)).toEqual([]);
    await page.getByRole("button", { name: "Set up and sign in" }).click();
    await page.locator("[aria-invalid=true]").first().waitFor();
    expect(await barriers(page)).toEqual([]);
  });
});
