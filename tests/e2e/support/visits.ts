import type { Browser, Page } from "playwright-core";
import { untilInteractive } from "./accounts-under-test";
import { openPage, type PageOptions } from "./browser";
import type { PageVisit } from "./every-page";

export type Visited = { page: Page; errors: string[] };

/** What a server answers to a page that is not there is no fault of the page. */
const EXPECTED = /the server responded with a status of 404/;

/** Opens a page as somebody would, and waits until it shows what it has to show. */
export async function visit(
  browser: Browser,
  { url, token }: { url: string; token: string },
  { address, name, visitor }: PageVisit,
  options: PageOptions = {},
): Promise<Visited> {
  const session = visitor ? undefined : { url, token };
  const { page, errors } = await openPage(browser, { ...options, session });
  await page.goto(url + address, { waitUntil: "load" });
  await untilInteractive(page);
  await page.waitForLoadState("networkidle").catch(() => {});
  await untilShown(page);
  const unexpected = () =>
    name === "missing" ? errors.filter((error) => !EXPECTED.test(error)) : errors;
  return { page, errors: unexpected() };
}

/** Skeletons and charts stand in for what is still on its way. */
const untilShown = (page: Page) =>
  page.waitForFunction(
    () =>
      document.querySelector("main .mantine-Skeleton-root, main [aria-busy=true]") === null &&
      !document.body.textContent?.includes("Reading "),
  );
