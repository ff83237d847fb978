import { setTimeout as delay } from "node:timers/promises";
import type { Sql } from "@/db/client";
import { log } from "@/lib/server/log";

export type MemoryOptions = {
  /** Where processes tell each other by NOTIFY what to read again. */
  channel: string;
  /** A notice may get lost with a connection that no one saw break: everything is read now and then. */
  rereadAllMs: number;
};

/**
 * Rows of the database in memory, so that a request costs no look-up. Other processes' changes
 * arrive by NOTIFY; what memory does not know is looked up before it is called unknown.
 */
export abstract class NotifiedMemory {
  private started: Promise<void> | null = null;
  private reading: Promise<void> = Promise.resolve();
  private wanted = new Set<string>();
  private lookingUp: Promise<void> | null = null;
  private rereading: NodeJS.Timeout | undefined;
  private stopped = false;
  private unlisten: (() => Promise<void>) | null = null;

  constructor(
    protected readonly sql: Sql,
    private readonly options: MemoryOptions,
  ) {}

  /** Reads again what a change names; `all` stands for everything. */
  protected abstract reload(change: string): Promise<void>;
  /** Reads what these names stand for, where there is any such thing. */
  protected abstract find(names: string[]): Promise<void>;

  /**
   * Listens for changes and loads everything, once; again after each lost connection.
   * @throws when the database is away; the next call tries again
   */
  start(): Promise<void> {
    this.started ??= this.listen().catch((error) => {
      this.started = null;
      throw error;
    });
    return this.started;
  }

  async stop(): Promise<void> {
    clearInterval(this.rereading);
    this.stopped = true;
    await this.unlisten?.();
  }

  /**
   * Looks up what memory does not know, in case it was made this moment elsewhere; what all requests
   * that wait want goes in one query.
   */
  lookUp(names: string[]): Promise<void> {
    if (names.length === 0) return Promise.resolve();
    for (const name of names) this.wanted.add(name);
    this.lookingUp ??= this.inTurn(async () => {
      const wanted = [...this.wanted];
      this.wanted.clear();
      this.lookingUp = null;
      await this.find(wanted);
    });
    return this.lookingUp;
  }

  /** Reads again what a change names. */
  refresh(change: string): Promise<void> {
    return this.inTurn(() => this.reload(change));
  }

  /** A change that can't be read now, as the database is busy or away, is read later. */
  private async refreshInTheEnd(change: string): Promise<void> {
    for (let attempt = 1; !this.stopped; attempt++) {
      try {
        return await this.refresh(change);
      } catch (error) {
        log().warn({ err: error, channel: this.options.channel, change }, "not read anew yet");
        await delay(Math.min(attempt * 500, 5_000), undefined, { ref: false });
      }
    }
  }

  /** One read after the other, so that an older answer never overwrites a newer one. */
  private inTurn(read: () => Promise<void>): Promise<void> {
    this.reading = this.reading.catch(() => {}).then(read);
    return this.reading;
  }

  private async listen(): Promise<void> {
    // Called at every (re)connection: what was missed meanwhile is read again.
    const onListening = () => void this.refreshInTheEnd("all");
    const onChange = (change: string) => void this.refreshInTheEnd(change);
    this.rereading ??= setInterval(onListening, this.options.rereadAllMs).unref();
    const { unlisten } = await this.sql.listen(this.options.channel, onChange, onListening);
    this.unlisten = unlisten;
    await this.refresh("all");
  }
}
