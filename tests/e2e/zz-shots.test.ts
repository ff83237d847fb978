import { test } from "vitest";
import { asUser, makeUser, PASSWORD } from "@/tests/support/accounts";
import { api } from "@/tests/support/api";
import { makeFacility } from "@/tests/support/factories";
import { openUserMenu, signInRefused, untilReady } from "./support/entrance-page";
import { entranceUnderTest } from "./support/entrance-under-test";

const entrance = entranceUnderTest();
const { open } = entrance;
const expected = /status of/;
test("shots", async () => {
  const at = await entrance.fresh();
  const oidc = await entrance.fresh({
    OIDC_ISSUER: "http://127.0.0.1:9/",
    OIDC_CLIENT_ID: "a",
    OIDC_CLIENT_SECRET: "b",
    OIDC_NAME: "Harbour Login",
  });
  await makeUser(oidc.database.sql, "admin");
  const f = await makeFacility(entrance.database.sql);
  const admin = await makeUser(entrance.database.sql, "admin", {
    name: "Ada Wong-Featherstonehaugh",
  });
  const viewer = await makeUser(entrance.database.sql, "viewer", { facilityIds: [f.id] });
  const { post } = api(entrance.url, await asUser(entrance.database.sql, "admin"));
  for (const width of [1440, 390])
    for (const colorScheme of ["light", "dark"] as const) {
      const look = { width, height: width === 390 ? 844 : 900, colorScheme, expected };
      const shot = async (page: any, name: string) =>
        page.screenshot({ path: `/tmp/shots/${name}-${width}-${colorScheme}.png`, fullPage: true });
      let { page } = await open("/sign-in", look);
      await untilReady(page, "Sign in");
      await shot(page, "signin");
      await signInRefused(page, "nobody@example.com", "a password");
      await shot(page, "refused");
      for (let i = 0; i < 5; i++)
        await signInRefused(page, `nobody${width}${colorScheme}@example.com`, "a password" + i);
      await shot(page, "locked");
      ({ page } = await open("/sign-in?error=AccessDenied", { ...look, at: oidc }));
      await untilReady(page, "Sign in");
      await shot(page, "oidc");
      ({ page } = await open("/setup", { ...look, at }));
      await untilReady(page, "Set up and sign in");
      await shot(page, "setup");
      await page.getByRole("button", { name: "Set up and sign in" }).click();
      await page.locator("[aria-invalid=true]").first().waitFor();
      await page.getByRole("combobox", { name: "Time zone" }).click();
      await page.getByRole("option").first().waitFor();
      await shot(page, "setuperrors");
      const { body } = await post("/api/users", {
        email: `${colorScheme}${width}@example.com`,
        name: "New One",
        role: "operator",
      });
      ({ page } = await open(body.invitation_path, look));
      await untilReady(page, "Set the password and sign in");
      await shot(page, "invite");
      ({ page } = await open("/invite/gone", look));
      await shot(page, "ended");
      ({ page } = await open("/users", { ...look, as: viewer }));
      await openUserMenu(page);
      await page.waitForTimeout(300);
      await shot(page, "forbidden");
      ({ page } = await open("/", { ...look, as: admin }));
      await page.getByText("No devices yet.").waitFor();
      await shot(page, "dashboard");
    }
}, 300_000);
