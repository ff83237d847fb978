import type { ApiAnswer } from "./api";
import { at as moment, parkingLog, reading } from "./messages";
import { RetryingClient } from "./retrying-client";

const BULK_ROWS = 20;

export const TRAFFIC_KINDS = ["reading", "readings", "log", "logs"] as const;
/** What a sender sends: one message at a time, or bulks of them. */
export type TrafficKind = (typeof TRAFFIC_KINDS)[number];

/**
 * A client that numbers its messages, sends one request at a time and repeats what got no answer
 * or 503, until it gets one. It keeps what it was told, for the test to hold against the database.
 */
export class PersistentSender {
  readingsSent = 0;
  logsSent = 0;
  /** Rows that an answer called created. */
  created = 0;
  /** Rows called duplicates although no earlier attempt of theirs had been lost, and odd answers. */
  readonly surprises: string[] = [];
  private readonly client: RetryingClient;
  private leaving = false;

  constructor(
    url: string,
    private readonly codes: string[],
    private readonly kinds: readonly TrafficKind[] = TRAFFIC_KINDS,
  ) {
    this.client = new RetryingClient(url);
  }

  /** How many attempts got no answer, or 503. */
  get lost(): number {
    return this.client.lost;
  }

  stop(): void {
    this.leaving = true;
  }

  /** Gives the message up that is on its way: there is no server left to answer it. */
  abandon(): void {
    this.client.abandon();
  }

  /** Ends after `stop`, once the last request has its answer. */
  async run(): Promise<void> {
    const send: Record<TrafficKind, () => Promise<void>> = {
      reading: () => this.single("/api/telemetry", this.nextReading()),
      readings: () => this.bulk("/api/telemetry/bulk", () => this.nextReading()),
      log: () => this.single("/api/parking-log", this.nextLog()),
      logs: () => this.bulk("/api/parking-log/bulk", () => this.nextLog()),
    };
    for (let i = 0; !this.leaving; i++) await send[this.kinds[i % this.kinds.length]!]();
  }

  private nextReading() {
    const n = this.readingsSent++;
    const values = { current: n % 7 === 0 ? 10 : 1 };
    return reading(this.codes[n % this.codes.length]!, moment(n * 60), values);
  }

  private nextLog() {
    const n = this.logsSent++;
    return parkingLog(this.codes[n % this.codes.length]!, moment(n * 60), n % 2 === 0);
  }

  private async single(path: string, message: object) {
    const { answer, clean } = await this.client.untilAnswered(path, message);
    if (answer.status === 201) this.created += 1;
    else if (answer.status !== 409 || clean) this.surprise(path, answer);
  }

  private async bulk(path: string, next: () => object) {
    const rows = Array.from({ length: BULK_ROWS }, next);
    const { answer, clean } = await this.client.untilAnswered(path, rows);
    const { created = 0, duplicates = 0 } = answer.body;
    this.created += created;
    if (created + duplicates !== rows.length || (clean && duplicates > 0)) {
      this.surprise(path, answer);
    }
  }

  private surprise(path: string, { status, body }: ApiAnswer) {
    this.surprises.push(`${path} ${status} ${JSON.stringify(body).slice(0, 500)}`);
  }
}
