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
export async function barriers(page: Page, part = "html"): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** What is hard to read in the colours that a page has now, in words. */
export async function contrastBarriers(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withRules("color-contrast").analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** How far a page reaches beyond its window, in pixels. */
export const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
