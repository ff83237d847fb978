import { setTimeout as delay } from "node:timers/promises";

/** An instant so many seconds from now, on a whole second, as it is sent. */
export function secondsFromNow(seconds: number): string {
  return new Date(Math.floor(Date.now() / 1000 + seconds) * 1000).toISOString();
}

/**
 * Waits until a condition holds, looking again after 20 ms, later every 60: a look at a page costs it
 * a layout.
 * @throws after the deadline; the message names what was waited for and holds its last error
 */
export async function until<T>(
  what: string,
  condition: () => T | Promise<T>,
  deadlineMs = 20_000,
): Promise<NonNullable<T>> {
  const deadline = Date.now() + deadlineMs;
  let lastError: unknown;
  let pauseMs = 20;
  while (Date.now() < deadline) {
    try {
      const result = await condition();
      if (result) return result;
    } catch (error) {
      lastError = error;
    }
    await delay(pauseMs);
    pauseMs = Math.min(pauseMs * 1.2, 60);
  }
  throw new Error(`Not within ${deadlineMs} ms: ${what}`, { cause: lastError });
}
