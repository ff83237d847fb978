import { sayThatSessionEnded } from "@/app/_ui/session-events";
import {
  type ChangesSince,
  liveAlertChange,
  liveDevice,
  type WireAlertChange,
  type WireDevice,
} from "@/lib/domain/devices/live";
import type { Connection, LiveListener } from "./use-live";

/** Without a word for so long a stream is dead: the server speaks every 10 s. */
const SILENCE_MS = 25_000;
const RETRY_MS = [500, 1_000, 2_000, 5_000, 10_000];
/** From this failure on the page asks by itself. */
const POLL_FROM_FAILURE = 2;
const POLL_EVERY_MS = 10_000;
/** A page that no one sees gives its connection back after this: browsers allow a few a server. */
const HIDDEN_MS = 60_000;

/** What the page shows of the connection. */
export type LiveState = { connection: Connection; openAlerts: number | null };

/** Before the first answer. */
export const CONNECTING: LiveState = { connection: { kind: "connecting" }, openAlerts: null };

/**
 * Keeps a page told: by a stream, which goes on after an interruption from where it was; by asking
 * every 10 s while there can be none. Says which, and since when nothing can be heard at all.
 */
export class LiveConnection {
  state = CONNECTING;
  private readonly watchers = new Set<() => void>();
  private readonly listeners = new Set<LiveListener>();
  private source: EventSource | null = null;
  private heardAt = 0;
  private failures = 0;
  private openByFacility: Record<string, number> | null = null;
  private retry: ReturnType<typeof setTimeout> | null = null;
  private hiding: ReturnType<typeof setTimeout> | null = null;
  private timers: ReturnType<typeof setInterval>[] = [];
  private polling = false;
  private withDevices = false;
  /** The server's clock ahead of this browser's, milliseconds. */
  private ahead = 0;

  /** The facility in view, an id or a code; null for all. */
  private facility: string | null = null;
  private started = false;

  /**
   * @param lastEventId where the server stood when it made the page; null where it can't tell
   * @param now the server's time then, milliseconds since 1970
   */
  constructor(
    private lastEventId: string | null,
    now: number,
  ) {
    this.ahead = now - Date.now();
  }

  /** The server's time, milliseconds since 1970. */
  readonly now = (): number => Date.now() + this.ahead;

  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  readonly snapshot = (): LiveState => this.state;

  readonly listen = (listener: LiveListener): (() => void) => {
    this.listeners.add(listener);
    // A stream without devices is opened again with them, from where it was.
    if (listener.onDevices && !this.withDevices && this.source) this.connect();
    return () => this.listeners.delete(listener);
  };

  /** Follows one facility, or all of them with null. */
  follow(facility: string | null): void {
    if (facility === this.facility) return;
    this.facility = facility;
    if (this.started) this.connect();
  }

  /** @returns ends it */
  start(): () => void {
    this.started = true;
    const wake = () => this.wake();
    document.addEventListener("visibilitychange", wake);
    window.addEventListener("online", wake);
    window.addEventListener("pageshow", wake);
    this.timers = [
      setInterval(() => this.lookAfterStream(), 5_000),
      setInterval(() => void this.poll(), POLL_EVERY_MS),
    ];
    this.connect();
    return () => {
      this.started = false;
      document.removeEventListener("visibilitychange", wake);
      window.removeEventListener("online", wake);
      window.removeEventListener("pageshow", wake);
      for (const timer of this.timers) clearInterval(timer);
      this.closeStream();
    };
  }

  private connect(): void {
    this.closeStream();
    this.withDevices = [...this.listeners].some(({ onDevices }) => onDevices);
    const source = new EventSource(`/api/live?${this.query()}`);
    this.source = source;
    this.heardAt = Date.now();
    const hear = <T>(name: string, take: (data: T) => void) =>
      source.addEventListener(name, (event) => {
        if (source !== this.source) return;
        this.heardAt = Date.now();
        this.lastEventId = event.lastEventId || this.lastEventId;
        take(JSON.parse(event.data));
      });
    const resumes = this.lastEventId !== null;
    hear<Pick<ChangesSince, "now" | "open_alerts">>("hello", (hello) => {
      this.failures = 0;
      this.setTime(hello.now);
      this.openByFacility = hello.open_alerts;
      this.tell({ kind: "live" });
      if (!resumes) this.each((listener) => listener.onReset?.());
    });
    hear<{ now: string }>("tick", ({ now }) => this.setTime(now));
    hear("away", () => this.tell(since("offline", this.state.connection)));
    for (const name of ["devices", "alerts", "reset"]) {
      hear(name, (data) => this.take(name, data));
    }
    source.onerror = () => {
      if (source === this.source) this.failed();
    };
  }

  private query(): URLSearchParams {
    const query = new URLSearchParams();
    if (this.facility !== null) query.set("facility", this.facility);
    if (!this.withDevices) query.set("only", "alerts");
    if (this.lastEventId !== null) query.set("last_event_id", this.lastEventId);
    return query;
  }

  private take(name: string, data: unknown): void {
    if (name === "devices") {
      const { read_at, devices } = data as { read_at?: string; devices: WireDevice[] };
      const readAt = read_at ? Date.parse(read_at) : this.now();
      const changed = devices.map((device) => liveDevice(device, readAt));
      this.each((listener) => listener.onDevices?.(changed));
    } else if (name === "alerts") {
      const { facility_id, open_alerts, alerts } = data as {
        facility_id?: number;
        open_alerts?: number;
        alerts: WireAlertChange[];
      };
      if (facility_id !== undefined && open_alerts !== undefined) {
        this.openByFacility = { ...this.openByFacility, [facility_id]: open_alerts };
        this.tell(this.state.connection);
      }
      const changes = alerts.map(liveAlertChange);
      this.each((listener) => listener.onAlerts?.(changes));
    } else {
      if (this.source && this.state.connection.kind === "offline") this.tell({ kind: "live" });
      this.each((listener) => listener.onReset?.());
    }
  }

  /** Silence may mean that this computer slept: the timer that finds it runs when it wakes. */
  private lookAfterStream(): void {
    if (this.source && Date.now() - this.heardAt > SILENCE_MS) this.failed();
  }

  private failed(): void {
    this.closeStream();
    this.failures += 1;
    const { connection } = this.state;
    if (connection.kind === "live" || connection.kind === "connecting") {
      this.tell(since("reconnecting", connection));
    }
    if (this.failures === POLL_FROM_FAILURE) void this.poll();
    const delay = RETRY_MS[Math.min(this.failures, RETRY_MS.length) - 1];
    this.retry = setTimeout(() => this.connect(), delay);
  }

  private closeStream(): void {
    if (this.retry) clearTimeout(this.retry);
    this.retry = null;
    this.source?.close();
    this.source = null;
  }

  private async poll(): Promise<void> {
    const streaming = this.state.connection.kind === "live" || this.failures < POLL_FROM_FAILURE;
    if (streaming || this.polling || document.visibilityState === "hidden") return;
    this.polling = true;
    try {
      const response = await fetch(`/api/live/changes?${this.query()}`, {
        cache: "no-store",
        signal: AbortSignal.timeout(POLL_EVERY_MS),
      });
      if (response.status === 401) sayThatSessionEnded();
      if (!response.ok) throw new Error(String(response.status));
      this.takePolled(await response.json());
    } catch {
      if (this.state.connection.kind !== "live") {
        this.tell(since("offline", this.state.connection));
      }
    } finally {
      this.polling = false;
    }
  }

  private takePolled(changes: ChangesSince): void {
    // The stream came back meanwhile, and tells the same.
    if (this.state.connection.kind === "live") return;
    this.lastEventId = changes.event_id;
    this.setTime(changes.now);
    this.openByFacility = changes.open_alerts;
    this.tell(since("polling", this.state.connection));
    for (const { event, data } of changes.events) if (event !== "reset") this.take(event, data);
    if (changes.reset) this.each((listener) => listener.onReset?.());
  }

  private wake(): void {
    if (this.hiding) clearTimeout(this.hiding);
    this.hiding = null;
    if (document.visibilityState === "hidden") {
      const rest = () => {
        if (![...this.listeners].some(({ evenHidden }) => evenHidden)) this.closeStream();
      };
      this.hiding = setTimeout(rest, HIDDEN_MS);
      return;
    }
    const stale = Date.now() - this.heardAt > SILENCE_MS / 2;
    if (!this.source || stale || this.state.connection.kind !== "live") {
      this.connect();
      void this.poll();
    }
  }

  private setTime(now: string): void {
    this.ahead = Date.parse(now) - Date.now();
  }

  private each(call: (listener: LiveListener) => void): void {
    for (const listener of [...this.listeners]) call(listener);
  }

  private tell(connection: Connection): void {
    const counts = this.openByFacility;
    const openAlerts = counts && Object.values(counts).reduce((sum, count) => sum + count, 0);
    this.state = { connection, openAlerts };
    for (const watcher of this.watchers) watcher();
  }
}

/** How things are now, since the trouble began. */
function since(kind: "reconnecting" | "polling" | "offline", before: Connection): Connection {
  const ongoing = "since" in before && (before.kind === kind || kind !== "offline");
  return { kind, since: ongoing ? before.since : Date.now() };
}
