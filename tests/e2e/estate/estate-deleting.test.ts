import { expect, test } from "vitest";
import { makeUser } from "@/tests/support/accounts";
import { until } from "@/tests/support/clock";
import { makeDevice, makeFacility, makeZone } from "@/tests/support/factories";
import { button, dialog } from "../support/account-pages";
import { accountsUnderTest } from "../support/accounts-under-test";

const accounts = accountsUnderTest();
const { open, signIn, expectRefusal } = accounts;

test("Delete is offered for what has no history, and Retire alone for the rest", async () => {
  const { sql, harbour } = accounts;
  await makeFacility(sql, { code: "spare", name: "Spare" });
  await makeZone(sql, { code: "unused", facilityId: harbour.id });
  await makeDevice(sql, { code: "with-alert", zoneId: accounts.device.zoneId });
  await sql`
    insert into alerts (device_id, alert_type, severity, message, created_at, last_triggered_at)
    select id, 'offline', 'WARNING', 'silent', now(), now() from devices
    where code = 'with-alert'`;
  const manager = await signIn(await makeUser(sql, "manager"));
  const offered = async (path: string, ...names: string[]) => {
    const page = await open(path, manager);
    const found = names.map(async (name) => {
      await button(page, `Retire ${name}`).waitFor();
      return (await button(page, `Delete ${name}`).count()) === 1;
    });
    return Promise.all(found);
  };
  expect(await offered("/estate", "facility harbour", "facility spare")).toEqual([false, true]);
  expect(await offered("/estate/zones", "zone A", "zone unused")).toEqual([false, true]);
  expect(await offered("/estate/devices", "device with-alert", "device A-001")).toEqual([
    ...[false, true],
  ]);
});

test("what got a history meanwhile is not deleted, and the dialog says what to do instead", async () => {
  const late = await makeFacility(accounts.sql, { code: "late", name: "Late" });
  const page = await open("/estate", await makeUser(accounts.sql, "manager"));
  await button(page, "Delete facility late").click();
  await makeZone(accounts.sql, { code: "L", facilityId: late.id });
  await button(dialog(page), "Delete permanently").click();
  await dialog(page)
    .getByText("Facility late has history (zones), so it can't be deleted. Retire it instead.")
    .waitFor();
  expectRefusal(page, 409);
  await page.keyboard.press("Escape");
  await dialog(page).waitFor({ state: "detached" });
  await until("the focus is back on its button", () =>
    page.evaluate(
      () => document.activeElement?.getAttribute("aria-label") === "Delete facility late",
    ),
  );
});
