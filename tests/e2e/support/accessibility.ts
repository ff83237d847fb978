import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

/**
 * Wide and light, narrow and dark: what dialogs and states are looked at in. Every page as it opens is
 * looked at in all four (pages.test.ts).
 */
export const LOOKS = [
  { width: 1440, colorScheme: "light" },
  { width: 390, colorScheme: "dark" },
] as const;

/** What axe finds in a page, or in a part of it, in words. */
export const barriers = (page: Page, part = "html") => violationsOf(page, part);

/** What is hard to read in the colours that a page has now, in words. */
export const contrastBarriers = (page: Page) => violationsOf(page, "html", ["color-contrast"]);

/**
 * No page here has frames, so the second page that axe opens to join their results is left out; and
 * it describes what it found wrong only, not the thousands of elements that are right.
 */
async function violationsOf(page: Page, part: string, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ["violations"], ...(rules ? { runOnly: rules } : {}) })
    .include(part);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** How far a page reaches beyond its window, in pixels. */
export const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
