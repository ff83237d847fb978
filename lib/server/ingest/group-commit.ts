import { type Place, QueueRoom } from "./queue-room";

type Submission<Row, Outcome> = {
  rows: Row[];
  sender: string;
  outcomes: Outcome[];
  /** How many of its rows have been handed to a flush. */
  taken: number;
  /** How many outcomes are still to come. */
  missing: number;
  failed: boolean;
  /** Earlier submissions with rows of the same devices, which go first. */
  after: Submission<Row, Outcome>[];
  resolve: (outcomes: Outcome[]) => void;
  reject: (error: unknown) => void;
};

type Slice<Row, Outcome> = { of: Submission<Row, Outcome>; from: number; to: number };

function rowsOf<Row, Outcome>({ of, from, to }: Slice<Row, Outcome>): Row[] {
  return from === 0 && to === of.rows.length ? of.rows : of.rows.slice(from, to);
}

type Progress = Pick<Submission<unknown, unknown>, "rows" | "taken" | "failed">;
const isWaiting = ({ rows, taken, failed }: Progress) => !failed && taken < rows.length;

/** Single rows don't wait behind the bulks of their own sender. */
const queueOf = ({ sender, rows }: Pick<Submission<unknown, unknown>, "sender" | "rows">) =>
  rows.length === 1 ? sender : `bulks of ${sender}`;

export type GroupCommitOptions<Row> = {
  /** Rows of one flush, at most. */
  maxRowsPerFlush: number;
  /** Rows that may wait; of more a sender is refused before others are. */
  maxWaitingRows: number;
  /** Which device a row is of. */
  deviceOf: (row: Row) => unknown;
};

/**
 * Collects rows of concurrent requests into one transaction: what arrives while a flush is under
 * way joins the next one, of which every sender has an equal part. One flush at a time, and the rows
 * of a device in order of arrival: of two the later received one is also the later stored one.
 */
export class GroupCommit<Row, Outcome> {
  private readonly queues = new Map<string, Submission<Row, Outcome>[]>();
  /** The newest waiting submission of each device. */
  private readonly newest = new Map<unknown, Submission<Row, Outcome>>();
  private readonly room: QueueRoom;
  private flushing: Promise<void> | null = null;

  /**
   * @param flush stores rows in one transaction and gives each its outcome, in their order; when it
   *   throws, nothing was stored or no one can tell
   */
  constructor(
    private readonly flush: (rows: Row[]) => Promise<Outcome[]>,
    private readonly options: GroupCommitOptions<Row>,
  ) {
    this.room = new QueueRoom(options.maxWaitingRows);
  }

  /** A place for rows that a sender is about to submit. */
  openPlace(sender: string): Place {
    return this.room.open(sender);
  }

  /** Whether not even one row more would be taken. */
  get isFull(): boolean {
    return this.room.isFull;
  }

  /**
   * @param place where room was kept for these rows; without one they need room now
   * @returns the outcome of each row, after its commit
   * @throws QueueFull, or what the flush threw
   */
  submit(rows: Row[], sender: string, place?: Place): Promise<Outcome[]> {
    if (rows.length === 0) return Promise.resolve([]);
    try {
      if (place) place.fill(rows.length);
      else if (rows.length === 1) this.room.takeOne(sender);
      else this.room.takeShare(sender, rows.length);
    } catch (error) {
      return Promise.reject(error);
    }
    return new Promise((resolve, reject) => {
      const outcomes = new Array<Outcome>(rows.length);
      const missing = rows.length;
      const progress = { outcomes, missing, taken: 0, failed: false };
      this.enqueue({ rows, sender, ...progress, after: [], resolve, reject });
      this.flushing ??= this.flushAll();
    });
  }

  /** Resolves when everything that was submitted has its answer. */
  async drain(): Promise<void> {
    while (this.flushing) await this.flushing;
  }

  private enqueue(submission: Submission<Row, Outcome>): void {
    const after = new Set<Submission<Row, Outcome>>();
    for (const row of submission.rows) {
      const device = this.options.deviceOf(row);
      const earlier = this.newest.get(device);
      if (earlier && earlier !== submission) after.add(earlier);
      this.newest.set(device, submission);
    }
    submission.after = [...after];
    const name = queueOf(submission);
    const queue = this.queues.get(name);
    if (queue) queue.push(submission);
    else this.queues.set(name, [submission]);
  }

  private async flushAll(): Promise<void> {
    // Requests that were parsed in this turn of the event loop go together.
    await new Promise(setImmediate);
    while (this.queues.size > 0) {
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
    if (this.queues.size > 0) return this.flushAll();
    this.flushing = null;
  }

  /** The next rows up to the size of a flush, shared equally among those who have any. */
  private take(): Slice<Row, Outcome>[] {
    const slices: Slice<Row, Outcome>[] = [];
    let room = this.options.maxRowsPerFlush;
    let names = [...this.queues.keys()];
    while (room > 0 && names.length > 0) {
      const share = Math.ceil(room / names.length);
      const withMore: string[] = [];
      for (const name of names) {
        const most = Math.min(share, room);
        const taken = this.takeFrom(name, most, slices);
        room -= taken;
        if (taken === most) withMore.push(name);
        if (room === 0) break;
      }
      names = withMore;
    }
    return slices;
  }

  /** What has been taken from comes after all others in the next flush. @returns how many rows */
  private takeFrom(name: string, most: number, slices: Slice<Row, Outcome>[]): number {
    const queue = this.queues.get(name) ?? [];
    let room = most;
    for (const of of queue) {
      if (room === 0) break;
      if (of.after.length > 0) of.after = of.after.filter(isWaiting);
      if (of.after.length > 0) continue;
      const from = of.taken;
      const to = Math.min(of.rows.length, from + room);
      slices.push({ of, from, to });
      of.taken = to;
      room -= to - from;
      this.room.give(of.sender, to - from);
      if (to === of.rows.length) this.forgetDevices(of);
    }
    this.requeue(name, queue);
    return most - room;
  }

  /** Puts what still waits of a queue behind all other queues. */
  private requeue(name: string, queue: Submission<Row, Outcome>[]): void {
    const waiting = queue.filter(isWaiting);
    this.queues.delete(name);
    if (waiting.length > 0) this.queues.set(name, waiting);
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
    this.room.give(submission.sender, submission.rows.length - submission.taken);
    this.forgetDevices(submission);
    const name = queueOf(submission);
    this.requeue(name, this.queues.get(name) ?? []);
    submission.reject(error);
  }

  private forgetDevices(submission: Submission<Row, Outcome>): void {
    for (const row of submission.rows) {
      const device = this.options.deviceOf(row);
      if (this.newest.get(device) === submission) this.newest.delete(device);
    }
  }
}
