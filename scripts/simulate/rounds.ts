/** Who is further behind has slept, not stumbled. */
const ASLEEP_MS = 30_000;

/** One device's turn to send: which one, when, and for the how manieth time. */
export type Turn = { device: number; at: number; round: number };

/**
 * When each of many devices sends: every device once a round, one after the other at even distances.
 * Times in milliseconds since 1970.
 */
export class Rounds {
  private next = 0;

  /** @param isBurst rounds in which all send at the beginning, at the same moment */
  constructor(
    private readonly options: {
      devices: number;
      everyMs: number;
      startsAt: number;
      isBurst?(round: number): boolean;
    },
  ) {}

  /** The turns that have come since the last call, in order of time. */
  *due(now: number): Generator<Turn> {
    this.skipWhatNobodyWaitsFor(now);
    for (let turn = this.turn(this.next); turn.at <= now; turn = this.turn(this.next)) {
      this.next += 1;
      yield turn;
    }
  }

  private turn(number: number): Turn {
    const { devices, everyMs, startsAt, isBurst } = this.options;
    const round = Math.floor(number / devices);
    const device = number % devices;
    const offset = isBurst?.(round) ? 0 : Math.floor((device * everyMs) / devices);
    return { device, round, at: startsAt + round * everyMs + offset };
  }

  /** After the machine has slept the devices go on; they don't make up for the night. */
  private skipWhatNobodyWaitsFor(now: number): void {
    const { devices, everyMs, startsAt } = this.options;
    const behindMs = now - this.turn(this.next).at;
    if (behindMs <= Math.max(2 * everyMs, ASLEEP_MS)) return;
    this.next = Math.floor((now - startsAt) / everyMs) * devices;
  }
}
