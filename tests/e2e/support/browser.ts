import { type Browser, chromium, type Page } from "playwright-core";

/** A browser that talks to no one but the server under test. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      // Less to do for a machine that is full: one process fewer, and no animations to draw.
      "--in-process-gpu",
      "--force-prefers-reduced-motion",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

export type WatchedPage = {
  page: Page;
  /** What went wrong in the page so far: console errors and uncaught exceptions. */
  errors: string[];
};

export type PageOptions = {
  width?: number;
  height?: number;
  colorScheme?: "light" | "dark";
  /** Whose browser it is: the token of a session at a server; without it no one is signed in. */
  session?: { url: string; token: string };
};

/** A page in a browser profile of its own that notes whatever the console calls an error. */
export async function openPage(
  browser: Browser,
  { width = 1440, height = 900, colorScheme = "light", session }: PageOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme });
  const page = await context.newPage();
  if (session) {
    const cookie = { name: "next-auth.session-token", value: session.token, url: session.url };
    await page.context().addCookies([{ ...cookie, httpOnly: true, sameSite: "Lax" }]);
  }
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  return { page, errors };
}

/**
 * Until React has taken over the heading: a click before that goes nowhere. What the server sends
 * late stands twice in the page for a moment, hidden and in its place.
 */
export async function untilInteractive(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const heading = document.querySelector("main h1");
    const arriving = document.querySelector('div[hidden][id^="S:"]');
    // No function with a name in here: what runs the screenshots would add a helper to it.
    const keys = heading === null ? [] : Object.keys(heading);
    return arriving === null && keys.some((key) => key.startsWith("__react"));
  });
}
