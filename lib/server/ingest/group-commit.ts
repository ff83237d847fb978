const QUEUE_FULL = Symbol.for("smart-parking.queue-full");

/** Thrown when the queue has grown past its bound: nothing of the submission was taken. */
export class QueueFull extends Error {
  /** The gateway and Next load this file separately, so a mark tells it, not `instanceof`. */
  readonly [QUEUE_FULL] = true;
}

export function isQueueFull(error: unknown): error is QueueFull {
  return typeof error === "object" && error !== null && QUEUE_FULL in error;
}

type Submission<Row, Outcome> = {
  rows: Row[];
  outcomes: Outcome[];
  /** How many of its rows have been handed to a flush. */
  taken: number;
  /** How many outcomes are still to come. */
  missing: number;
  failed: boolean;
  resolve: (outcomes: Outcome[]) => void;
  reject: (error: unknown) => void;
};

type Slice<Row, Outcome> = { of: Submission<Row, Outcome>; from: number; to: number };

function rowsOf<Row, Outcome>({ of, from, to }: Slice<Row, Outcome>): Row[] {
  return from === 0 && to === of.rows.length ? of.rows : of.rows.slice(from, to);
}

export type GroupCommitOptions = {
  /** Rows of one flush, at most. */
  maxRowsPerFlush: number;
  /** Rows that may wait; more are refused. */
  maxWaitingRows: number;
};

/**
 * Collects rows of concurrent requests into one transaction: what arrives while a flush is under
 * way joins the next one. One flush at a time and in order of arrival, so that of two rows the
 * later received one is also the later stored one.
 */
export class GroupCommit<Row, Outcome> {
  private queue: Submission<Row, Outcome>[] = [];
  private waitingRows = 0;
  private flushing: Promise<void> | null = null;

  /**
   * @param flush stores rows in one transaction and gives each its outcome, in their order; when it
   *   throws, nothing was stored or nobody can tell
   */
  constructor(
    private readonly flush: (rows: Row[]) => Promise<Outcome[]>,
    private readonly options: GroupCommitOptions,
  ) {}

  /** Whether not even one row more would be taken. */
  get isFull(): boolean {
    return this.waitingRows >= this.options.maxWaitingRows;
  }

  /**
   * @returns the outcome of each row, after its commit
   * @throws QueueFull, or what the flush threw
   */
  submit(rows: Row[]): Promise<Outcome[]> {
    if (rows.length === 0) return Promise.resolve([]);
    if (this.waitingRows > 0 && this.waitingRows + rows.length > this.options.maxWaitingRows) {
      return Promise.reject(new QueueFull());
    }
    return new Promise((resolve, reject) => {
      const outcomes = new Array<Outcome>(rows.length);
      const missing = rows.length;
      this.queue.push({ rows, outcomes, taken: 0, missing, failed: false, resolve, reject });
      this.waitingRows += rows.length;
      this.flushing ??= this.flushAll();
    });
  }

  /** Resolves when everything that was submitted has its answer. */
  async drain(): Promise<void> {
    while (this.flushing) await this.flushing;
  }

  private async flushAll(): Promise<void> {
    // Requests that were parsed in this turn of the event loop go together.
    await new Promise(setImmediate);
    while (this.queue.length > 0) {
      const slices = this.take();
      try {
        const outcomes = await this.flush(slices.flatMap((slice) => rowsOf(slice)));
        // Answered a turn later, so that the next flush is on its way before sockets are written to.
        setImmediate(() => this.answer(slices, outcomes));
      } catch (error) {
        for (const { of } of slices) this.fail(of, error);
      }
    }
    await new Promise(setImmediate);
    if (this.queue.length > 0) return this.flushAll();
    this.flushing = null;
  }

  /** The next rows in order of arrival, up to the size of a flush. */
  private take(): Slice<Row, Outcome>[] {
    const slices: Slice<Row, Outcome>[] = [];
    let room = this.options.maxRowsPerFlush;
    let done = 0;
    for (const of of this.queue) {
      if (room === 0) break;
      const from = of.taken;
      const to = Math.min(of.rows.length, from + room);
      slices.push({ of, from, to });
      of.taken = to;
      room -= to - from;
      if (to === of.rows.length) done += 1;
    }
    this.queue.splice(0, done);
    this.waitingRows -= this.options.maxRowsPerFlush - room;
    return slices;
  }

  private answer(slices: Slice<Row, Outcome>[], outcomes: Outcome[]): void {
    let next = 0;
    for (const { of, from, to } of slices) {
      for (let i = from; i < to; i++) of.outcomes[i] = outcomes[next++] as Outcome;
      of.missing -= to - from;
      if (of.missing === 0 && !of.failed) of.resolve(of.outcomes);
    }
  }

  /** An outage fails the whole submission: what is left of it is not stored behind its answer. */
  private fail(submission: Submission<Row, Outcome>, error: unknown): void {
    if (submission.failed) return;
    submission.failed = true;
    const at = this.queue.indexOf(submission);
    if (at >= 0) {
      this.queue.splice(at, 1);
      this.waitingRows -= submission.rows.length - submission.taken;
    }
    submission.reject(error);
  }
}
