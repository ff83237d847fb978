import cliProgress from "cli-progress";

/** How far a file has come, shown while it is sent. */
export type Progress = {
  /** @param bytes of the file that were read, and its rows that were answered */
  update(bytes: number, rows: number): void;
  stop(): void;
};

const LINE_EVERY_MS = 5_000;

/** Where progress goes: a bar on a terminal, else a line every few seconds. */
export class ProgressOutput {
  private bar: cliProgress.SingleBar | null = null;
  private lastLineAt = 0;
  private away: string | null = null;

  constructor(private readonly out: NodeJS.WriteStream) {}

  start(name: string, totalBytes: number): Progress {
    const startedAt = Date.now();
    this.lastLineAt = startedAt;
    if (this.out.isTTY) this.startBar(name, totalBytes);
    const update = (bytes: number, rows: number) => {
      this.away = null;
      const seconds = Math.max(0.001, (Date.now() - startedAt) / 1000);
      const rate = `${Math.round(rows / seconds)} rows/s`;
      const left = `${Math.ceil((seconds / Math.max(1, bytes)) * (totalBytes - bytes))} s left`;
      this.bar?.update(bytes, { rows, now: `${rate} | ${left}` });
      if (this.bar || Date.now() - this.lastLineAt < LINE_EVERY_MS) return;
      const percent = Math.floor((100 * bytes) / totalBytes);
      this.line(`${name}: ${percent} %, ${rows} rows, ${rate}, ${left}`);
    };
    const stop = () => {
      this.bar?.stop();
      this.bar = null;
    };
    return { update, stop };
  }

  /** The server is away: said once per outage at once, then every few seconds. */
  waiting(why: string): void {
    if (this.bar) return void this.bar.update({ now: `waiting: ${why}` });
    if (this.away === why && Date.now() - this.lastLineAt < LINE_EVERY_MS) return;
    this.away = why;
    this.line(`Trying again: ${why}`);
  }

  private line(text: string): void {
    this.lastLineAt = Date.now();
    this.out.write(`${text}\n`);
  }

  private startBar(name: string, totalBytes: number): void {
    this.bar = new cliProgress.SingleBar({
      stream: this.out,
      format: `${name} {bar} {percentage} % | {rows} rows | {now}`,
      barCompleteChar: "█",
      barIncompleteChar: "░",
      barsize: 24,
      hideCursor: true,
      // The bar's own handling of Ctrl-C would race with finishing the batch that is under way.
      gracefulExit: false,
    });
    this.bar.start(totalBytes, 0, { rows: 0, now: "" });
  }
}
