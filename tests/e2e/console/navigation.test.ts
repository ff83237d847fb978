import { expect, test } from "vitest";
import { makeUser } from "@/tests/support/accounts";
import { makeDevice, makeZone } from "@/tests/support/factories";
import { makeAlert } from "@/tests/support/history";
import { accountsUnderTest } from "../support/accounts-under-test";
import { seen } from "../support/dashboard-page";

const site = accountsUnderTest();
const { open } = site;

test("a click while the server is down stays in the app, says why, and opens once it is back", async () => {
  const page = await open("/profile", await makeUser(site.sql, "viewer"));
  await site.restart(async () => {
    await page.getByRole("link", { name: "Alerts", exact: true }).click();
    await page.getByText("The server can't be reached. What you clicked opens").waitFor();
    expect(new URL(page.url()).pathname).toBe("/profile");
    expect(await page.getByRole("heading", { name: "Profile", level: 1 }).count()).toBe(1);
  });
  await page.waitForURL("**/alerts");
  await page.getByRole("heading", { name: "Alerts", level: 1 }).waitFor();
  await page.getByText("The server can't be reached.").waitFor({ state: "detached" });
  site.forgive(page, /ERR_|Failed to load resource|fetch/);
});

test("who sees one facility is offered no other, and none together", async () => {
  const facilityIds = [site.harbour.id];
  const narrow = await makeUser(site.sql, "operator", { facilityIds });
  for (const path of ["/", "/live", "/alerts", "/reports"]) {
    const page = await open(path, narrow);
    expect(await page.getByRole("combobox", { name: "Facility" }).count(), path).toBe(0);
    const text = await seen(page.locator("body"));
    expect(text, path).toContain("Harbour");
    expect(text, path).not.toContain("All facilities");
  }
  const wide = await open("/live", await makeUser(site.sql, "viewer"));
  expect(await wide.getByRole("combobox", { name: "Facility" }).count()).toBe(1);
});

test("an alert of a facility that one does not see is said to be no alert, not no page", async () => {
  const zone = await makeZone(site.sql, { code: "N", facilityId: site.meadow.id });
  const device = await makeDevice(site.sql, { code: "N-1", zoneId: zone.id });
  const id = await makeAlert(site.sql, device, new Date().toISOString(), { type: "offline" });
  const narrow = await makeUser(site.sql, "viewer", { facilityIds: [site.harbour.id] });
  for (const path of [`/alerts/${id}`, "/alerts/999999"]) {
    const page = await open(path, narrow);
    await page.getByRole("heading", { name: "No such alert" }).waitFor();
    await page.getByRole("link", { name: "Go to the alerts" }).click();
    await page.waitForURL("**/alerts");
    site.forgive(page, /404/);
  }
});
