import type { IngestRow } from "./flush";
import { GroupCommit, type GroupCommitOptions } from "./group-commit";

/**
 * Several group commits side by side, so that one is prepared while another is being stored. All
 * rows of a device go through one of them: their order of arrival is kept, and two lanes never wait
 * for each other's row locks.
 */
export class DeviceLanes<Row extends IngestRow, Outcome> {
  private readonly lanes: GroupCommit<Row, Outcome>[];

  constructor(
    laneCount: number,
    flush: (rows: Row[]) => Promise<Outcome[]>,
    options: GroupCommitOptions,
  ) {
    this.lanes = Array.from({ length: laneCount }, () => new GroupCommit(flush, options));
  }

  /**
   * @returns the outcome of each row, after the commits of all of them
   * @throws QueueFull before anything was taken, or what a flush threw
   */
  async submit(rows: Row[]): Promise<Outcome[]> {
    const laneOf = (row: Row) => row.device.id % this.lanes.length;
    if (rows.length === 1) return this.lanes[laneOf(rows[0]!)]!.submit(rows);
    const shares = this.lanes.map((lane, number) => ({
      lane,
      rows: rows.filter((row) => laneOf(row) === number),
    }));
    for (const share of shares) share.lane.requireRoom(share.rows.length);
    const answered = await Promise.all(shares.map((share) => share.lane.submit(share.rows)));
    const next = answered.map((outcomes) => outcomes.values());
    return rows.map((row) => next[laneOf(row)]!.next().value as Outcome);
  }

  async drain(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => lane.drain()));
  }
}
