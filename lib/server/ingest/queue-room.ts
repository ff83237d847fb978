import { Problem } from "@/lib/domain/values/problem";

/** 503: the queue has no room for a sender's rows; nothing of them was taken. */
export class QueueFull extends Problem {
  constructor() {
    super(503, "Too many messages are waiting. Try again shortly.", {
      headers: { "Retry-After": "1" },
    });
  }
}

/** Room for rows on their way into a queue. */
export type Place = {
  /** Makes room for so many rows altogether. @throws QueueFull */
  growTo(rows: number): void;
  /** Leaves room for so many rows to the queue, and gives back what is left. @throws QueueFull */
  fill(rows: number): void;
  /** Gives back what is left; again does nothing. */
  close(): void;
};

/**
 * The rows that a queue has room for, by sender. The bulks of a sender may take as much room as they
 * leave free: alone half of the queue, beside those of another one a third. Single rows may take the
 * rest.
 */
export class QueueRoom {
  private taken = 0;
  private readonly bySender = new Map<string, number>();

  constructor(private readonly maxRows: number) {}

  /** Whether not even one row more would be taken. */
  get isFull(): boolean {
    return this.taken >= this.maxRows;
  }

  /** Takes room for a single row. @throws QueueFull */
  takeOne(sender: string): void {
    if (this.isFull) throw new QueueFull();
    this.add(sender, 1);
  }

  /**
   * Takes room for rows of a bulk. An empty queue has room for any number.
   * @throws QueueFull
   */
  takeShare(sender: string, rows: number): void {
    const own = (this.bySender.get(sender) ?? 0) + rows;
    if (this.taken > 0 && own > this.maxRows - this.taken - rows) throw new QueueFull();
    this.add(sender, rows);
  }

  give(sender: string, rows: number): void {
    this.add(sender, -rows);
  }

  /** A place without room yet. */
  open(sender: string): Place {
    let held = 0;
    const growTo = (rows: number) => {
      if (rows <= held) return;
      this.takeShare(sender, rows - held);
      held = rows;
    };
    const close = () => {
      this.give(sender, held);
      held = 0;
    };
    const fill = (rows: number) => {
      growTo(rows);
      held -= rows;
      close();
    };
    return { growTo, fill, close };
  }

  private add(sender: string, rows: number): void {
    this.taken += rows;
    const own = (this.bySender.get(sender) ?? 0) + rows;
    if (own > 0) this.bySender.set(sender, own);
    else this.bySender.delete(sender);
  }
}
