import { beforeAll, describe, expect, test } from "vitest";
import { makeUser } from "@/tests/support/accounts";
import { entranceUnderTest, type Installation } from "../support/entrance-under-test";

const entrance = entranceUnderTest();
const { open } = entrance;

describe("where someone else vouches for users", () => {
  let at: Installation;
  beforeAll(async () => {
    at = await entrance.fresh({
      // No one listens on port 9 (discard) of a machine of today.
      OIDC_ISSUER: "http://127.0.0.1:9/",
      OIDC_CLIENT_ID: "smart-parking",
      OIDC_CLIENT_SECRET: "a secret of the tests",
      OIDC_NAME: "Harbour Login",
    });
    await makeUser(at.database.sql, "admin");
  });

  test("a provider that can't be reached is said so, and the page stays", async () => {
    const { page } = await open("/sign-in", { at });
    await page.getByRole("button", { name: "Sign in with Harbour Login" }).click();
    await page.waitForURL((address) => address.searchParams.get("error") === "OAuthSignin");
    const alert = page.getByRole("main").getByRole("alert");
    await alert.getByText("Signing in with Harbour Login did not work. Try again.").waitFor();
    expect(new URL(page.url()).pathname).toBe("/sign-in");
  });

  test("who has no account here is told whom to ask", async () => {
    // Where next-auth sends whom the provider knows and we do not.
    const { page } = await open("/api/auth/error?error=AccessDenied", { at });
    expect(new URL(page.url()).pathname).toBe("/sign-in");
    const alert = page.getByRole("main").getByRole("alert");
    await alert.getByText(/Ask an administrator to invite you/).waitFor();
  });
});

test("without such a provider there are passwords alone", async () => {
  const { page } = await open("/sign-in?error=AccessDenied");
  expect(await page.getByRole("button", { name: /^Sign in with/ }).count()).toBe(0);
});
