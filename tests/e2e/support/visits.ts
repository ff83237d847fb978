import type { Browser, Page } from "playwright-core";
import { openPage, type PageOptions, untilInteractive } from "./browser";
import type { PageVisit } from "./every-page";

export type Visited = { page: Page; errors: string[] };

/** What a server answers to a page that is not there is no fault of the page. */
const EXPECTED = /the server responded with a status of 404/;

/** Opens a page as someone would, and waits until it shows what it has to show. */
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
  await untilShown(page);
  const unexpected = () =>
    name === "missing" ? errors.filter((error) => !EXPECTED.test(error)) : errors;
  return { page, errors: unexpected() };
}

/** Until nothing stands in any more for what is on its way: skeletons, charts, lists being read. */
const untilShown = (page: Page) =>
  page.waitForFunction(() => {
    const main = document.querySelector("main");
    const standIns = ".mantine-Skeleton-root, [aria-busy=true]";
    const reading = [...(main?.querySelectorAll("[role=status]") ?? [])].some((status) =>
      status.textContent?.startsWith("Reading"),
    );
    const drawn = [...(main?.querySelectorAll("canvas") ?? [])].every(({ width }) => width > 0);
    return main !== null && main.querySelector(standIns) === null && !reading && drawn;
  });
