type Waiting = { order: number; units: number; go: () => void };

/** Asks for a turn to do so many units of work; resolved when it has come. */
export type TakeTurn = (units: number) => Promise<void>;

/**
 * Shares the event loop among senders whose work is long: in each turn of the loop only so many
 * units of it are done, and everything else of the process comes in between. Who works comes in
 * turn by sender; of one sender what it began first.
 */
export class Turns {
  private readonly waiting = new Map<string, Waiting[]>();
  private done = 0;
  private begun = 0;

  constructor(private readonly unitsPerTurn: number) {}

  /** Begins a piece of work that asks for a turn before each part of it. */
  begin(sender: string): TakeTurn {
    const order = this.begun++;
    return (units) => {
      if (this.waiting.size === 0 && this.hasRoomFor(units)) {
        this.spend(units);
        return Promise.resolve();
      }
      return new Promise((go) => {
        const line = this.waiting.get(sender);
        if (line) line.push({ order, units, go });
        else this.waiting.set(sender, [{ order, units, go }]);
      });
    };
  }

  private hasRoomFor(units: number): boolean {
    return this.done === 0 || this.done + units <= this.unitsPerTurn;
  }

  private spend(units: number): void {
    if (this.done === 0) setImmediate(() => this.turn());
    this.done += Math.max(1, units);
  }

  /** The next turn of the event loop: anyone who asked first of the sender whose turn it is. */
  private turn(): void {
    this.done = 0;
    for (const [sender, line] of this.waiting) {
      const next = line.reduce((first, other) => (other.order < first.order ? other : first));
      if (!this.hasRoomFor(next.units)) return;
      this.spend(next.units);
      // A sender that has had its turn comes after all others; this loop gets to it again.
      this.waiting.delete(sender);
      line.splice(line.indexOf(next), 1);
      if (line.length > 0) this.waiting.set(sender, line);
      next.go();
    }
  }
}
