import { setTimeout as delay } from "node:timers/promises";
import type { ApiAnswer } from "@/tests/support/api";
import { parkingLog, reading } from "@/tests/support/messages";
import { RetryingClient } from "@/tests/support/retrying-client";
import { AlertModel } from "./alert-model";

/**
 * How a device behaves: `silent` falls silent halfway and stays so, `returning` falls silent again
 * and again and comes back, `hot` and `odd` end with the cause of an alert, `steady` without any.
 */
export const HABITS = ["steady", "hot", "odd", "silent", "returning"] as const;
export type Habit = (typeof HABITS)[number];

type Reading = ReturnType<typeof reading>;
/** Messages by their number and the sum of their times: lost and doubled ones both show. */
export type Tally = { messages: number; sumMs: bigint };

const BULK_ROWS = 20;
const DAY_MS = 86_400_000;
const PAUSE_MS = 25;
const RETURNS = { awakeMs: 8_000, asleepMs: 12_000 };
const HOT = { current: 10 };
const ODD = { voltage: 600 };

/** A device that sends everything that devices send, and keeps what it was answered. */
export class SoakDevice {
  readonly readings: Tally = { messages: 0, sumMs: 0n };
  readonly logs: Tally = { messages: 0, sumMs: 0n };
  readonly alerts = new AlertModel();
  readonly surprises: string[] = [];
  created = 0;
  duplicates = 0;
  refused = 0;
  readonly client: RetryingClient;
  private newest = 0;
  private late = Date.now() - DAY_MS;
  private steps = 0;

  constructor(
    url: string,
    readonly code: string,
    readonly habit: Habit,
  ) {
    this.client = new RetryingClient(url);
  }

  /** Sends until the time has come, as its habit says. Times in ms since 1970. */
  async liveUntil(end: number): Promise<void> {
    const silentFrom = this.habit === "silent" ? (Date.now() + end) / 2 : end;
    const began = Date.now();
    const cycle = RETURNS.awakeMs + RETURNS.asleepMs;
    while (Date.now() < silentFrom) {
      const asleep = (Date.now() - began) % cycle > RETURNS.awakeMs;
      if (this.habit !== "returning" || !asleep) await this.step();
      await delay(PAUSE_MS);
    }
  }

  /** Ends with the readings that decide which alerts it must have. */
  async settle(): Promise<void> {
    if (this.habit === "silent") return;
    for (let n = 0; n < 3; n++) await this.sendReading();
    if (this.habit === "hot") await this.sendReading(HOT);
    if (this.habit === "odd") await this.sendReading(ODD);
  }

  /** One normal reading. */
  async sendReading(values: object = {}): Promise<void> {
    const message = this.nextReading(values);
    await this.single("/api/telemetry", message);
    this.alerts.take(message);
  }

  private async step(): Promise<void> {
    const steps = [
      () => this.sendReading(),
      () => this.single("/api/parking-log", this.nextLog()),
      () => this.bulkOfReadings(),
      () => this.bulkOfLogs(),
      () => this.sendReading(HOT),
      () => this.single("/api/telemetry", this.lateReading()),
      () => this.single("/api/parking-log", this.nextLog(this.lateTime())),
      () => this.repeat(),
      () => this.sendReading(ODD),
      () => this.refusals(),
    ];
    await steps[this.steps++ % steps.length]!();
  }

  private async bulkOfReadings(): Promise<void> {
    const values = (n: number) => (n % 9 === 4 ? HOT : n % 9 === 7 ? ODD : {});
    const rows = Array.from({ length: BULK_ROWS }, (_, n) => this.nextReading(values(n)));
    const late = this.lateReading();
    await this.bulk("/api/telemetry/bulk", [...rows, late], {
      repeated: [rows[0]!],
      bad: [reading("no such device", rows[0]!.timestamp), { ...rows[1], voltage: -1 }, 7],
    });
    for (const row of rows) this.alerts.take(row);
  }

  private async bulkOfLogs(): Promise<void> {
    const rows = Array.from({ length: BULK_ROWS }, () => this.nextLog());
    await this.bulk("/api/parking-log/bulk", [...rows, this.nextLog(this.lateTime())], {
      repeated: [rows[0]!],
      bad: [{ ...rows[1], is_occupied: "yes" }, parkingLog(this.code, "tomorrow")],
    });
  }

  /** Sends a reading twice: the second one is a duplicate whatever became of the first answer. */
  private async repeat(): Promise<void> {
    const message = this.nextReading();
    await this.single("/api/telemetry", message);
    this.alerts.take(message);
    const { answer } = await this.client.untilAnswered("/api/telemetry", message);
    if (answer.status === 409) this.duplicates += 1;
    else this.surprise("/api/telemetry again", answer);
  }

  private async refusals(): Promise<void> {
    const future = new Date(Date.now() + 3_600_000).toISOString();
    for (const message of [reading(this.code, future), { ...this.peek(), current: "much" }]) {
      const { answer } = await this.client.untilAnswered("/api/telemetry", message);
      if (answer.status === 400) this.refused += 1;
      else this.surprise("/api/telemetry with a bad row", answer);
    }
  }

  private async single(path: string, message: object): Promise<void> {
    const { answer, clean } = await this.client.untilAnswered(path, message);
    if (answer.status === 201) this.created += 1;
    else if (answer.status !== 409 || clean) this.surprise(path, answer);
  }

  private async bulk(
    path: string,
    rows: object[],
    { repeated, bad }: { repeated: object[]; bad: unknown[] },
  ): Promise<void> {
    const sent = [...rows, ...repeated, ...bad];
    const { answer, clean } = await this.client.untilAnswered(path, sent);
    const { created = 0, duplicates = 0, errors = [] } = answer.body;
    const accounted = created + duplicates === rows.length + repeated.length;
    const listed = errors.length === duplicates + bad.length;
    if (!accounted || !listed || (clean && created !== rows.length)) this.surprise(path, answer);
    this.created += created;
    this.duplicates += repeated.length;
    this.refused += bad.length;
  }

  private nextReading(values: object = {}, timeMs = this.nextTime()): Reading & Values {
    this.count(this.readings, timeMs);
    return { ...this.peek(timeMs), ...values } as Reading & Values;
  }

  private lateReading() {
    return this.nextReading(HOT, this.lateTime());
  }

  private nextLog(timeMs = this.nextTime()) {
    this.count(this.logs, timeMs);
    return parkingLog(this.code, new Date(timeMs).toISOString(), timeMs % 2 === 0);
  }

  private peek(timeMs = Date.now()) {
    return reading(this.code, new Date(timeMs).toISOString());
  }

  private count(tally: Tally, timeMs: number): void {
    tally.messages += 1;
    tally.sumMs += BigInt(timeMs);
  }

  private nextTime(): number {
    this.newest = Math.max(Date.now(), this.newest + 1);
    return this.newest;
  }

  private lateTime(): number {
    this.late += 1;
    return this.late;
  }

  private surprise(path: string, { status, body }: ApiAnswer): void {
    this.surprises.push(`${this.code}: ${path} ${status} ${JSON.stringify(body).slice(0, 300)}`);
  }
}

type Values = { voltage: number; current: number };
