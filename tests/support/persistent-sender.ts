import { setTimeout as delay } from "node:timers/promises";
import { type Api, type ApiAnswer, api } from "./api";
import { at as moment, parkingLog, reading } from "./messages";

const RETRY_EVERY_MS = 50;
const ATTEMPT_LIMIT_MS = 10_000;
const BULK_ROWS = 20;

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
  /** How many attempts got no answer, or 503. */
  lost = 0;
  private readonly api: Api;
  private leaving = false;

  constructor(
    url: string,
    private readonly codes: string[],
  ) {
    this.api = api(url);
  }

  stop(): void {
    this.leaving = true;
  }

  /** Ends after `stop`, once the last request has its answer. */
  async run(): Promise<void> {
    const kinds = [
      () => this.single("/api/telemetry", this.nextReading()),
      () => this.bulk("/api/telemetry/bulk", () => this.nextReading()),
      () => this.single("/api/parking-log", this.nextLog()),
      () => this.bulk("/api/parking-log/bulk", () => this.nextLog()),
    ];
    for (let i = 0; !this.leaving; i++) await kinds[i % kinds.length]!();
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
    const { answer, clean } = await this.untilAnswered(path, message);
    if (answer.status === 201) this.created += 1;
    else if (answer.status !== 409 || clean) this.surprise(path, answer);
  }

  private async bulk(path: string, next: () => object) {
    const rows = Array.from({ length: BULK_ROWS }, next);
    const { answer, clean } = await this.untilAnswered(path, rows);
    const { created = 0, duplicates = 0 } = answer.body;
    this.created += created;
    if (created + duplicates !== rows.length || (clean && duplicates > 0)) {
      this.surprise(path, answer);
    }
  }

  /** `clean`: its first attempt was the one answered. */
  private async untilAnswered(path: string, body: unknown) {
    for (let clean = true; ; clean = false) {
      const answer = await this.attempt(path, body);
      if (answer && answer.status !== 503) return { answer, clean };
      this.lost += 1;
      await delay(RETRY_EVERY_MS);
    }
  }

  private attempt(path: string, body: unknown): Promise<ApiAnswer | null> {
    return this.api
      .send("POST", path, {
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(ATTEMPT_LIMIT_MS),
      })
      .catch(() => null);
  }

  private surprise(path: string, { status, body }: ApiAnswer) {
    this.surprises.push(`${path} ${status} ${JSON.stringify(body).slice(0, 500)}`);
  }
}
