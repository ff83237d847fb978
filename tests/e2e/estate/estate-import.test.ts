import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { makeUser } from "@/tests/support/accounts";
import { until } from "@/tests/support/clock";
import { barriers, LOOKS, overflow } from "../support/accessibility";
import { button, dialog } from "../support/account-pages";
import { accountsUnderTest } from "../support/accounts-under-test";
import { seen } from "../support/dashboard-page";

const accounts = accountsUnderTest();
const { open, signIn, expectRefusal } = accounts;

const chooseFile = (page: Page, text: string | Buffer, name = "bays.csv") =>
  dialog(page)
    .getByLabel("CSV file")
    .setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text as string) });

const preview = (page: Page) => dialog(page).getByRole("region", { name: "Preview of the rows" });

/** Rows of the preview, each as its cells joined. */
const previewRows = async (page: Page) =>
  (await preview(page).locator("tbody tr").allInnerTexts()).map((text) =>
    text.trim().split(/\s*\t\s*/),
  );

const count = async (like: string) => {
  const [found] =
    await accounts.sql`select count(*)::int as n from devices where code like ${like}`;
  return found!.n as number;
};

/** 500 bays as a spreadsheet in Europe writes them: semicolons, CRLF, a byte order mark. */
const bays = (prefix: string, mend: (line: string, n: number) => string = (line) => line) => {
  const lines = Array.from({ length: 500 }, (_, n) =>
    mend(`L${n % 5};harbour;"Bay ""${n}""";${prefix}-${String(n).padStart(3, "0")}`, n),
  );
  return `\uFEFF${["Zone;Facility;Name;Device_Code", ...lines].join("\r\n")}\r\n`;
};

describe("importing devices", () => {
  test("500 devices with 3 bad rows: the rows are named, and the fixed file brings all 500 in", async () => {
    const page = await open("/estate/devices", await makeUser(accounts.sql, "manager"));
    await button(page, "Import CSV").click();
    const bad = bays("IMP", (line, n) => {
      if (n === 10) return line.replace(/IMP-\d+$/, "");
      if (n === 200) return line.replace("harbour", "nowhere");
      return n === 499 ? line.replace("IMP-499", "IMP-000") : line;
    });
    await chooseFile(page, bad);
    await dialog(page).getByText("3 rows with errors").waitFor();
    expectRefusal(page, 400);
    expect((await previewRows(page)).map((cells) => cells.slice(0, 2).join(" "))).toEqual([
      "12 device_code: Required.",
      "202 facility: No such facility. With a time_zone it will be created.",
      "501 device_code: Is in row 2 too.",
    ]);
    expect(await button(dialog(page), "Import").isDisabled()).toBe(true);
    expect(await count("IMP-%")).toBe(0);
    await chooseFile(page, bays("IMP"));
    await dialog(page).getByText("No errors").waitFor();
    await dialog(page).getByText("500 devices created, 5 zones created").waitFor();
    expect(await count("IMP-%")).toBe(0);
    // Of 500 rows only those in view are in the page.
    expect(await preview(page).locator("tbody tr[data-index]").count()).toBeLessThan(60);
    await preview(page).evaluate((region) => region.scrollTo(0, region.scrollHeight));
    await preview(page).getByText("IMP-499", { exact: true }).waitFor();
    expect(await button(dialog(page), "Import 500 rows").isDisabled()).toBe(true);
    await dialog(page).getByLabel("Create 5 zones").check();
    await button(dialog(page), "Import 500 rows").click();
    await dialog(page).getByText("Imported: 500 devices created, 5 zones created.").waitFor();
    await button(dialog(page), "Done").click();
    await page.getByText("501 devices").waitFor();
    expect(await count("IMP-%")).toBe(500);
    const [one] = await accounts.sql`select name from devices where code = 'IMP-007'`;
    expect(one!.name).toBe('Bay "7"');
  });

  test("what was exported is the same already when it comes back", async () => {
    const page = await open("/estate/devices?search=A-0", await makeUser(accounts.sql, "manager"));
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Export CSV" }).click(),
    ]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    await button(page, "Import CSV").click();
    await chooseFile(page, Buffer.concat(chunks));
    await dialog(page).getByText("1 unchanged").waitFor();
  });

  test("a misspelt zone is named and asked about before it is created", async () => {
    const page = await open("/estate/devices", await makeUser(accounts.sql, "manager"));
    await button(page, "Import CSV").click();
    const head = "device_code,zone,facility,time_zone";
    await chooseFile(page, `${head}\nMISS-1,A,harbour,\nMISS-2,Aa,harbour,\nMISS-3,Q,quay,UTC`);
    await dialog(page).getByText("This file creates 1 facility and 2 zones.").waitFor();
    await dialog(page).getByText("Facilities: quay (UTC)").waitFor();
    await dialog(page).getByText("Zones: Aa in harbour, Q in quay").waitFor();
    const go = button(dialog(page), "Import 3 rows");
    expect(await go.isDisabled()).toBe(true);
    const agree = dialog(page).getByLabel("Create 1 facility and 2 zones");
    await agree.check();
    expect(await go.isEnabled()).toBe(true);
    await chooseFile(page, "device_code,zone,facility\nMISS-1,A,harbour\nMISS-2,A,harbour");
    await button(dialog(page), "Import 2 rows").click();
    await dialog(page).getByText("Imported: 2 devices created.").waitFor();
    expect(await accounts.sql`select from zones where code in ('Aa', 'Q')`).toHaveLength(0);
  });

  test("a device in another zone is an error until moving is allowed", async () => {
    const page = await open("/estate/devices", await makeUser(accounts.sql, "manager"));
    await button(page, "Import CSV").click();
    await chooseFile(page, "device_code,zone,facility\nA-001,A,meadow");
    await dialog(page).getByText("allow moving below to move it").waitFor();
    expectRefusal(page, 400);
    await dialog(page).getByLabel("Move devices that are in a different zone now").check();
    await dialog(page).getByText("0 devices created, 1 changed, 1 zone created").waitFor();
  });

  test.each([
    ["a file in another encoding", Buffer.from([0x64, 0xe4, 0x0a]), "The file is not in UTF-8."],
    [
      "a file with a quote that is not closed",
      `device_code,zone,facility,name\n${Array.from({ length: 50 }, (_, n) => `q${n},A,harbour,"Bay ${n}${n === 9 ? "" : '"'}`).join("\n")}`,
      "Line 11 has a quoted cell without a proper end.",
    ],
    ["a file without the columns", "a,b\n1,2", "Column device_code is missing."],
    ["a file without rows", "device_code,zone,facility\n", "The file has a header and no rows."],
    [
      "a file with too many rows",
      `device_code,zone,facility\n${Array.from({ length: 10_001 }, (_, n) => `x${n},A,harbour`).join("\n")}`,
      "At most 10,000 rows; there are 10,001.",
    ],
  ])("%s is refused in words", async (_, text, words) => {
    const page = await open("/estate/devices", await makeUser(accounts.sql, "manager"));
    await button(page, "Import CSV").click();
    await chooseFile(page, text);
    await dialog(page).getByRole("alert").filter({ hasText: words }).waitFor();
    expect(await button(dialog(page), "Import").isDisabled()).toBe(true);
  });

  test("ten thousand rows are checked and shown", async () => {
    const page = await open("/estate/devices", await makeUser(accounts.sql, "manager"));
    await button(page, "Import CSV").click();
    const lines = Array.from({ length: 10_000 }, (_, n) => `big-${n},A,harbour`);
    await chooseFile(page, ["device_code,zone,facility", ...lines].join("\n"));
    await button(dialog(page), "Import 10,000 rows").waitFor();
    await preview(page).evaluate((region) => region.scrollTo(0, region.scrollHeight));
    await preview(page).getByText("big-9999", { exact: true }).waitFor();
    expect(await count("big-%")).toBe(0);
  });
});

test("targets are imported the same way", async () => {
  const page = await open(
    "/estate/targets?facility=harbour&week=2026-03-02",
    await makeUser(accounts.sql, "operator"),
  );
  await button(page, "Import CSV").click();
  const head = "date,facility,zone,device_code,target_value";
  await chooseFile(page, `${head}\n2026-03-02,harbour,A,,120\n2026-03-03,,,A-001,many`);
  await dialog(page).getByText("1 row with errors").waitFor();
  expectRefusal(page, 400);
  expect((await previewRows(page))[0]?.slice(0, 2)).toEqual([
    "3",
    "target_value: Must be a whole number.",
  ]);
  await chooseFile(page, `${head}\n2026-03-02,harbour,A,,120\n2026-03-03,,,A-001,4`);
  await button(dialog(page), "Import 2 rows").click();
  await dialog(page).getByText("Imported: 2 targets created.").waitFor();
  await button(dialog(page), "Done").click();
  await until(
    "the targets",
    async () =>
      (await page.getByLabel("Target of device A-001, Tuesday 3 March").count()) === 1 &&
      (await page.getByLabel("Target of zone A, Monday 2 March").inputValue()) === "120",
  );
});

test.each(LOOKS)("the preview has no barriers at $width px in $colorScheme", async (view) => {
  const page = await open(
    "/estate/devices",
    await signIn(await makeUser(accounts.sql, "manager"), view),
  );
  await button(page, "Import CSV").click();
  await chooseFile(
    page,
    "device_code,zone,facility,name\nV-1,A,harbour,Fine\nV-2,A,nowhere,Not fine",
  );
  await dialog(page).getByText("1 row with errors").waitFor();
  expectRefusal(page, 400);
  expect(await barriers(page, "[role=dialog]")).toEqual([]);
  expect(await overflow(page)).toBe(0);
  expect(await seen(preview(page))).toContain("nowhere");
});
