import type { ChangesSince } from "@/lib/domain/devices/live";
import { Problem } from "@/lib/domain/values/problem";
import { log } from "@/lib/server/log";
import type { Credential } from "@/lib/server/sessions/held-credentials";
import { type Audience, bytesFor, dataFor, encodeEvent, type LogEntry } from "./event-log";
import type { LiveHub } from "./live-hub";

/** Each stream is a connection and some memory. */
const MOST_STREAMS = 5_000;
const MOST_STREAMS_OF_ONE = 1_000;
/** A reader who is so far behind is let go: it comes back and goes on from where it was. */
const MOST_UNREAD_BYTES = 1024 * 1024;
/** Sessions end "at once": a stream outlives its own by less than this. */
const CHECK_EVERY_MS = 2_000;
/** Tells a quiet stream from a dead one. */
const TICK_EVERY_MS = 10_000;

export type StreamRequest = {
  audience: Audience;
  credential: Credential;
  /** The last event that the reader knows of. */
  lastEventId: string | null;
};

type Stream = StreamRequest & { send(bytes: Uint8Array): void; end(): void };

/** The open event streams of this process. */
export class LiveStreams {
  private readonly streams = new Set<Stream>();
  private readonly timers: NodeJS.Timeout[] = [];
  private closed = false;

  /** @param stillHeld which credentials still let someone in, by their hashes */
  constructor(
    private readonly hub: LiveHub,
    private readonly stillHeld: (credentials: Credential[], now: Date) => Promise<Set<string>>,
  ) {}

  /** The newest event, for pages that are read from now on; null while no one follows. */
  get position(): string | null {
    return this.hub.position;
  }

  /**
   * Opens a stream: what followed the last event that the reader knows, then what happens.
   * @throws Problem 503 when there are too many, or the database is away
   */
  async open(request: StreamRequest): Promise<ReadableStream<Uint8Array>> {
    this.requireRoom(request.credential);
    await this.hub.follow();
    if (this.closed) throw new Problem(503, "The server is about to stop.");
    this.startTimers();
    let stop = () => {};
    return new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          stop = this.run(request, controller);
        },
        cancel: () => stop(),
      },
      { highWaterMark: MOST_UNREAD_BYTES, size: (bytes) => bytes.length },
    );
  }

  /**
   * What a stream would have sent since an event, for those who can't keep one open; `reset` says
   * that this is not known any more.
   * @throws Problem 503 while the database is away
   */
  async changesSince(audience: Audience, lastEventId: string | null): Promise<ChangesSince> {
    await this.hub.follow();
    if (!this.hub.reachable) throw new Problem(503, "Database unavailable. Try again shortly.");
    const { log: events } = this.hub;
    const missed = lastEventId === null ? null : events.since(lastEventId);
    const sent = (missed ?? []).flatMap((entry) => {
      const data = dataFor(audience, entry);
      return data === null ? [] : [{ event: entry.event.name, data }];
    });
    return {
      event_id: events.position,
      now: new Date().toISOString(),
      open_alerts: this.openAlerts(audience),
      reset: missed === null || sent.some(({ event }) => event === "reset"),
      events: sent,
    };
  }

  /** Ends all streams: the server is about to stop. */
  close(): void {
    this.closed = true;
    for (const timer of this.timers) clearInterval(timer);
    for (const stream of [...this.streams]) stream.end();
  }

  private run(
    request: StreamRequest,
    controller: ReadableStreamDefaultController<Uint8Array>,
  ): () => void {
    const { hub } = this;
    const leave = () => {
      this.streams.delete(stream);
      unlisten();
    };
    const stream: Stream = {
      ...request,
      send: (bytes) => {
        if ((controller.desiredSize ?? 0) <= 0) return stream.end();
        controller.enqueue(bytes);
      },
      end: () => {
        if (!this.streams.has(stream)) return;
        leave();
        controller.close();
      },
    };
    const hear = (entry: LogEntry) => {
      const bytes = bytesFor(request.audience, entry);
      if (bytes) stream.send(bytes);
    };
    const unlisten = hub.listen({
      hear,
      reachable: (reachable) => stream.send(reachable ? this.reset("database") : this.away()),
    });
    this.streams.add(stream);
    this.welcome(stream, hear);
    return leave;
  }

  private welcome(stream: Stream, hear: (entry: LogEntry) => void): void {
    const { log: events } = this.hub;
    const { lastEventId } = stream;
    const missed = lastEventId === null ? [] : events.since(lastEventId);
    const hello = { now: new Date().toISOString(), open_alerts: this.openAlerts(stream.audience) };
    // Its id stands for what is sent next, so that a reader cut off in between asks for that again.
    const id = missed === null || lastEventId === null ? events.position : lastEventId;
    stream.send(encodeEvent("hello", hello, id));
    if (missed === null) stream.send(this.reset("missed"));
    for (const entry of missed ?? []) hear(entry);
    if (!this.hub.reachable) stream.send(this.away());
  }

  /** Open alerts by facility; null for those who see a part of a facility alone. */
  private openAlerts({ reach, facilityId, zoneId }: Audience): Record<string, number> | null {
    if (zoneId !== undefined || reach.kind === "zone" || reach.kind === "device") return null;
    const counts = [...this.hub.openAlerts].filter(
      ([id]) =>
        (facilityId === undefined || facilityId === id) &&
        (reach.kind === "all" || reach.ids.includes(id)),
    );
    return Object.fromEntries(counts);
  }

  private reset(reason: "missed" | "database"): Uint8Array {
    return encodeEvent("reset", { reason }, this.hub.log.position);
  }

  private away(): Uint8Array {
    return encodeEvent("away", { now: new Date().toISOString() }, this.hub.log.position);
  }

  private startTimers(): void {
    if (this.timers.length > 0) return;
    const tick = () => {
      const bytes = encodeEvent("tick", { now: new Date().toISOString() }, this.hub.log.position);
      for (const stream of [...this.streams]) stream.send(bytes);
    };
    this.timers.push(
      setInterval(tick, TICK_EVERY_MS).unref(),
      setInterval(() => void this.endUnheld(), CHECK_EVERY_MS).unref(),
    );
  }

  /** Ends the streams whose session is over, or whose key was revoked. */
  private async endUnheld(): Promise<void> {
    if (this.streams.size === 0) return;
    const checked = [...this.streams];
    try {
      const credentials = checked.map(({ credential }) => credential);
      const held = await this.stillHeld(credentials, new Date());
      for (const stream of checked) if (!held.has(stream.credential.hash)) stream.end();
    } catch (error) {
      log().debug({ err: error }, "sessions of streams not checked");
      this.hub.lookAround();
    }
  }

  private requireRoom({ hash }: Credential): void {
    const own = [...this.streams].filter(({ credential }) => credential.hash === hash).length;
    if (this.streams.size < MOST_STREAMS && own < MOST_STREAMS_OF_ONE) return;
    throw new Problem(503, "Too many live streams are open.", { headers: { "Retry-After": "30" } });
  }
}
