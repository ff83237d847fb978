import { type Bay, type BayEvent, eventsBetween, lastEventBefore } from "@/lib/server/demo/stays";

const LOOK_AHEAD_MS = 6 * 3_600_000;

/** The cars of one bay as time goes on. */
export class BayLife {
  private coming: BayEvent[] = [];
  private horizon: number;
  private occupied: boolean;

  /** @param from what happened before this instant (ms since 1970) is not told */
  constructor(
    private readonly bay: Bay,
    from: number,
  ) {
    this.horizon = from;
    this.occupied = lastEventBefore(bay, from)?.isOccupied ?? false;
  }

  get isOccupied(): boolean {
    return this.occupied;
  }

  /** What has happened since the last call, up to an instant. */
  until(now: number): BayEvent[] {
    while (this.horizon <= now) {
      const to = this.horizon + LOOK_AHEAD_MS;
      this.coming.push(...eventsBetween(this.bay, this.horizon, to));
      this.horizon = to;
    }
    const after = this.coming.findIndex(({ timestamp }) => timestamp > now);
    const happened = this.coming.splice(0, after < 0 ? this.coming.length : after);
    this.occupied = happened.at(-1)?.isOccupied ?? this.occupied;
    return happened;
  }
}
