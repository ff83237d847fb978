import { expect, test } from "vitest";
import { faultsOf, pagesUnderTest } from "../support/pages-under-test";
import { misfits } from "../support/phone";

const { eachPage } = pagesUnderTest();

test("every page can be used by everybody on a phone, in light and dark, without an error", async () => {
  const faults: Record<string, string[]> = {};
  await eachPage(390, async (page, { name }, errors) => {
    const found = [...(await misfits(page)), ...(await faultsOf(page, errors))];
    if (found.length > 0) faults[name] = found;
  });
  expect(faults).toEqual({});
});
