import { settle } from "../replay/bulk-answer";
import type { Client } from "../replay/client";
import { countRefused, newTally, type Tally } from "../replay/tally";
import type { Latency } from "./latency";

/** Rows of one call: far below the server's limit, so that an outage is caught up with in small steps. */
const ROWS = 5_000;
/** What a device can hold back is limited; then the oldest is lost. */
const MAX_WAITING = 200_000;

/**
 * Sends messages of one kind in bulk calls, one at a time and in order: what comes meanwhile goes
 * with the next call, so that a slow server gets fewer and larger ones.
 */
export class Outbox<Message> {
  readonly tally: Tally;
  /** Messages that were given up because the server was away for too long. */
  lost = 0;
  private waiting: Message[] = [];
  private sending: Promise<void> | null = null;

  constructor(
    name: string,
    private readonly call: string,
    private readonly client: Pick<Client, "post">,
    private readonly latency: Latency,
  ) {
    this.tally = newTally(name);
  }

  /** Takes messages; they are sent as soon as those before them have their answer. */
  add(messages: Message[]): void {
    for (const message of messages) this.waiting.push(message);
    this.tally.rows += messages.length;
    const surplus = Math.max(0, this.waiting.length - MAX_WAITING);
    if (surplus > 0) this.waiting = this.waiting.slice(surplus);
    this.lost += surplus;
    if (this.sending || this.waiting.length === 0) return;
    this.sending = this.sendAll();
    // Anyone who drains hears of a failure; until then it is not an unhandled one.
    this.sending.catch(() => {});
  }

  /**
   * Waits until everything has its answer.
   * @throws what sending has failed with, then and at every later call
   */
  async drain(): Promise<void> {
    await this.sending;
  }

  /** @throws when sending has failed for good */
  async requireHealth(): Promise<void> {
    await Promise.race([this.sending, Promise.resolve()]);
  }

  private async sendAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.slice(0, ROWS);
      this.waiting = this.waiting.slice(batch.length);
      this.tally.sent += batch.length;
      const began = performance.now();
      const answer = await this.client.post(this.call, batch);
      this.latency.add(performance.now() - began);
      for (const { reason } of settle(batch, answer, this.tally)) countRefused(this.tally, reason);
    }
    this.sending = null;
  }
}
