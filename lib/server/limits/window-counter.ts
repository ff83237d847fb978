/** Requests of one sender in the window that runs. */
type Window = { count: number; endsAt: number };

/** What is left of a sender's quota, and for how long. */
export type Counted = { remaining: number; over: boolean; resetMs: number };

/**
 * Counts requests by sender in fixed windows, each of which begins with its sender's first request.
 * Nothing here waits: it stands in the path of every reading (docs/decisions/limits.md).
 */
export class WindowCounter {
  private windows = new Map<string, Window>();
  private sweepAt = 0;

  constructor(
    private readonly quota: number,
    private readonly windowMs: number,
  ) {}

  /**
   * How long until a sender has room again, 0 while there is some; counts nothing.
   * @param now milliseconds since 1970
   */
  fullForMs(sender: string, now: number): number {
    const window = this.windows.get(sender);
    if (!window || window.endsAt <= now || window.count < this.quota) return 0;
    return window.endsAt - now;
  }

  /** @param now milliseconds since 1970 */
  count(sender: string, now: number): Counted {
    if (now >= this.sweepAt) this.sweep(now);
    let window = this.windows.get(sender);
    if (!window || window.endsAt <= now) {
      window = { count: 0, endsAt: now + this.windowMs };
      this.windows.set(sender, window);
    }
    window.count += 1;
    return {
      remaining: Math.max(0, this.quota - window.count),
      over: window.count > this.quota,
      resetMs: window.endsAt - now,
    };
  }

  /** Forgets windows that are over, so that addresses that never come back take no room. */
  private sweep(now: number): void {
    this.sweepAt = now + this.windowMs;
    for (const [sender, { endsAt }] of this.windows) {
      if (endsAt <= now) this.windows.delete(sender);
    }
  }
}
