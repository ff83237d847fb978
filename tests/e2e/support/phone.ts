import type { Page } from "playwright-core";

/**
 * What does not fit the screen, in words: parts that reach beyond it, lists that have to be moved
 * sideways, and figures whose end is cut off. The row of pages in the frame may scroll; code too.
 */
export function misfits(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const width = document.documentElement.clientWidth;
    const name = (element: Element) =>
      `${element.tagName.toLowerCase()}.${String(element.className).slice(0, 60)}: ${element.textContent?.trim().slice(0, 60)}`;
    for (const element of document.body.querySelectorAll("*")) {
      if (element.closest("nav, pre, code, svg, canvas, select")) continue;
      const style = getComputedStyle(element);
      const { right, width: wide, height } = element.getBoundingClientRect();
      const clipped = element.parentElement?.closest("[data-clips]") !== null;
      const hides = style.overflowX !== "visible";
      if (hides) element.setAttribute("data-clips", "");
      if (wide <= 1 || height <= 1 || style.visibility === "hidden") continue;
      if (!clipped && right > width + 1) found.push(`beyond the screen: ${name(element)}`);
      if (!hides) continue;
      if (element.scrollWidth <= element.clientWidth + 1) continue;
      if (/auto|scroll/.test(style.overflowX)) found.push(`moves sideways: ${name(element)}`);
      // A code keeps its end (KeptEnd); a count has only one.
      else if (/\d/.test(element.textContent ?? "") && !element.closest("[title]"))
        found.push(`cut off: ${name(element)}`);
    }
    for (const element of document.querySelectorAll("[data-clips]"))
      element.removeAttribute("data-clips");
    return found;
  });
}
