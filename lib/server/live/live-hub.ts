import type { Database, Sql } from "@/db/client";
import type { WireAlertChange } from "@/lib/domain/devices/live";
import { SYSTEM } from "@/lib/server/context";
import type { DeviceStatusRow } from "@/lib/server/devices/read-device-statuses";
import { log } from "@/lib/server/log";
import { LIVE_CHANNEL, REGISTRY_CHANNEL } from "@/lib/server/notices/channels";
import { DeviceSweep } from "./device-sweep";
import { EventLog, type LogEntry, type ResetReason } from "./event-log";
import { facilityEvents } from "./facility-events";
import { AlertChanges, countOpenAlerts, MOST_CHANGES } from "./read-alert-changes";

/** Changes that come together are read and sent together. */
const GATHER_MS = 250;
const RETRY_MS = 1_000;
const SWEEP_EVERY_MS = 15_000;
/** A sweep of a very large estate may take this part of the time at most. */
const SWEEP_SHARE = 0.05;
/** Reading goes on for so long after the last listener left: it may only be reconnecting. */
const LINGER_MS = 60_000;

export type Listener = {
  /** Something happened. */
  hear(entry: LogEntry): void;
  /** Whether the database can be read: what is not told now may have happened. */
  reachable(reachable: boolean): void;
};

/**
 * Follows the changes of devices and alerts for all listeners of this process: hears from every
 * process which devices changed, reads those once, and hands the result on. Reads nothing while
 * no one listens.
 */
export class LiveHub {
  readonly log = new EventLog();
  /** Open alerts by facility, as told last. */
  openAlerts = new Map<number, number>();
  reachable = true;
  private readonly listeners = new Set<Listener>();
  private readonly sweep = new DeviceSweep();
  private readonly alerts = new AlertChanges();
  private dirty = new Set<number>();
  private estateChanged = false;
  private starting: Promise<void> | null = null;
  private stopListening: (() => Promise<unknown>) | null = null;
  private timer: NodeJS.Timeout | null = null;
  private sweepTimer: NodeJS.Timeout | null = null;
  private reading: Promise<void> | null = null;
  private wantedUntil = 0;
  private active = false;
  private closed = false;

  constructor(
    private readonly db: Database,
    private readonly sql: Sql,
  ) {}

  /**
   * Makes sure that what happens from now on is in the log.
   * @throws when the database is away
   */
  async follow(): Promise<void> {
    this.wantedUntil = Date.now() + LINGER_MS;
    if (this.active) return;
    this.starting ??= this.start().finally(() => {
      this.starting = null;
    });
    await this.starting;
  }

  /** The newest event; null while nothing is followed. */
  get position(): string | null {
    return this.active ? this.log.position : null;
  }

  /** @returns ends listening */
  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
      this.wantedUntil = Math.max(this.wantedUntil, Date.now() + LINGER_MS);
    };
  }

  /** Reads everything now: something seems to be wrong with the database. */
  lookAround(): void {
    if (this.active && this.reachable) this.sweepSoon(0);
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const timer of [this.timer, this.sweepTimer]) if (timer) clearTimeout(timer);
    await this.stopListening?.().catch(() => {});
    await this.reading;
  }

  private async start(): Promise<void> {
    if (!this.stopListening) {
      const onNotice = (notice: string) => this.note(notice);
      const onEstate = () => this.noteEstate();
      // Called at every connection: what was said while there was none, no one heard.
      const onConnection = () => this.missed("missed");
      const heard = await this.sql.listen(LIVE_CHANNEL, onNotice, onConnection);
      const estate = await this.sql.listen(REGISTRY_CHANNEL, onEstate);
      this.stopListening = () => Promise.all([heard.unlisten(), estate.unlisten()]);
    }
    await this.alerts.begin(this.db);
    this.openAlerts = await countOpenAlerts(this.db);
    this.log.restart();
    this.active = true;
    this.tellReachable(true);
    this.sweepSoon(0);
  }

  private note(notice: string): void {
    if (!this.active) return;
    for (const id of notice === "" ? [] : notice.split(",")) this.dirty.add(Number(id));
    this.readSoon(GATHER_MS);
  }

  private noteEstate(): void {
    if (!this.active) return;
    this.estateChanged = true;
    this.readSoon(GATHER_MS);
  }

  private missed(reason: ResetReason): void {
    if (!this.active) return;
    this.tell(this.log.append({ name: "reset", reason }, Date.now()));
  }

  private readSoon(afterMs: number): void {
    if (this.closed) return;
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.reading = (this.reading ?? Promise.resolve()).then(() => this.readChanges());
    }, afterMs).unref();
  }

  private sweepSoon(afterMs: number): void {
    if (this.closed) return;
    if (this.sweepTimer) clearTimeout(this.sweepTimer);
    this.sweepTimer = setTimeout(() => {
      this.reading = (this.reading ?? Promise.resolve()).then(() => this.readEverything());
    }, afterMs).unref();
  }

  private async readChanges(): Promise<void> {
    const ids = this.dirty;
    const estateChanged = this.estateChanged;
    this.dirty = new Set();
    this.estateChanged = false;
    try {
      const context = this.context();
      const alerts = await this.alerts.next(this.db, context.now.getTime());
      const concerned = new Set([...ids, ...alerts.map(({ device_id }) => device_id)]);
      const devices = concerned.size > 0 ? await this.sweep.read(context, [...concerned]) : [];
      await this.tellChanges(devices, alerts, context.now);
      if (estateChanged) this.missed("estate");
      if (alerts.length === MOST_CHANGES) this.readSoon(0);
    } catch (error) {
      for (const id of ids) this.dirty.add(id);
      this.estateChanged ||= estateChanged;
      this.failed(error);
      this.readSoon(RETRY_MS);
    }
  }

  private async readEverything(): Promise<void> {
    if (this.listeners.size === 0 && Date.now() > this.wantedUntil) return this.rest();
    const started = performance.now();
    try {
      const context = this.context();
      const alerts = await this.alerts.next(this.db, context.now.getTime());
      await this.tellChanges(await this.sweep.readAll(context), alerts, context.now);
    } catch (error) {
      this.failed(error);
      return this.sweepSoon(RETRY_MS);
    }
    const took = performance.now() - started;
    this.sweepSoon(Math.max(SWEEP_EVERY_MS, took / SWEEP_SHARE));
  }

  /** Alerts are told after the devices that they change. */
  private async tellChanges(
    devices: DeviceStatusRow[],
    alerts: WireAlertChange[],
    readAt: Date,
  ): Promise<void> {
    if (alerts.length > 0) this.openAlerts = await countOpenAlerts(this.db);
    for (const event of facilityEvents(devices, alerts, this.openAlerts, readAt)) {
      this.tell(this.log.append(event, readAt.getTime()));
    }
    this.tellReachable(true);
  }

  private tell(entry: LogEntry): void {
    for (const listener of this.listeners) listener.hear(entry);
  }

  private failed(error: unknown): void {
    if (this.reachable) log().warn({ err: error }, "live streams can't be told: database away");
    this.tellReachable(false);
  }

  private tellReachable(reachable: boolean): void {
    if (this.reachable === reachable) return;
    this.reachable = reachable;
    for (const listener of this.listeners) listener.reachable(reachable);
  }

  /** Until someone listens again nothing is read; what is missed then can't be told. */
  private rest(): void {
    this.active = false;
    this.sweep.forget();
    this.log.restart();
    this.dirty = new Set();
  }

  private context() {
    return { db: this.db, actor: SYSTEM, now: new Date() };
  }
}
