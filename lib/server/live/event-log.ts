import { randomBytes } from "node:crypto";
import { type PlacedDevice, type Reach, reaches } from "@/lib/domain/access/reach";

/** Which events a listener is sent. */
export type Audience = {
  reach: Reach;
  facilityId?: number;
  zoneId?: number;
  /** Without it alerts alone are sent. */
  devices: boolean;
};

/** Changes of one facility that were found together; each item with the place of its device. */
export type FacilityEvent = {
  name: "devices" | "alerts";
  facilityId: number;
  items: { place: PlacedDevice; sent: unknown }[];
  /** What is sent beside the items. */
  beside: Record<string, unknown>;
};

/** For everybody: what is shown must be read again. */
export type ResetEvent = { name: "reset"; reason: ResetReason };
export type ResetReason = "missed" | "estate" | "database";
export type LiveEvent = FacilityEvent | ResetEvent;

export type LogEntry = { id: string; at: number; event: LiveEvent; bytes: Uint8Array };

/** So long, and so many bytes, an event is kept for those who come back. */
const KEEP_MS = 120_000;
const KEEP_BYTES = 16 * 1024 * 1024;

const encoder = new TextEncoder();

/** An event as it is sent: text/event-stream. */
export function encodeEvent(name: string, data: unknown, id: string): Uint8Array {
  return encoder.encode(`id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
}

/**
 * The newest events in their order, each encoded once. An event's id says in which log it is and
 * where: anyone who names one gets what followed, or learns that this is not known any more.
 */
export class EventLog {
  private epoch = newEpoch();
  private seq = 0;
  private bytes = 0;
  private entries: LogEntry[] = [];

  /** The id of the newest event. */
  get position(): string {
    return `${this.epoch}-${this.seq}`;
  }

  append(event: LiveEvent, now: number): LogEntry {
    this.seq += 1;
    const id = this.position;
    const entry = { id, at: now, event, bytes: encodeEvent(event.name, dataOf(event), id) };
    this.entries.push(entry);
    this.bytes += entry.bytes.length;
    while (this.entries.length > 1 && this.isPastKeeping(now)) {
      this.bytes -= this.entries.shift()!.bytes.length;
    }
    return entry;
  }

  /** Starts again: no one can go on from what was before. */
  restart(): void {
    this.epoch = newEpoch();
    this.seq = 0;
    this.bytes = 0;
    this.entries = [];
  }

  /** What followed an event; null where that is not known any more. */
  since(id: string): LogEntry[] | null {
    const cut = id.lastIndexOf("-");
    const seq = Number(id.slice(cut + 1));
    const oldest = this.seq - this.entries.length;
    const known = Number.isInteger(seq) && seq >= oldest && seq <= this.seq;
    return known && id.slice(0, cut) === this.epoch ? this.entries.slice(seq - oldest) : null;
  }

  private isPastKeeping(now: number): boolean {
    return this.entries[0]!.at < now - KEEP_MS || this.bytes > KEEP_BYTES;
  }
}

const newEpoch = () => randomBytes(6).toString("base64url");

const dataOf = (event: LiveEvent) =>
  event.name === "reset" ? { reason: event.reason } : bodyOf(event, event.items);

const bodyOf = ({ name, beside }: FacilityEvent, items: FacilityEvent["items"]) => ({
  ...beside,
  [name]: items.map(({ sent }) => sent),
});

/** The data of an event for a listener; null when nothing in it is for them. */
export function dataFor(audience: Audience, { event }: LogEntry): unknown {
  const heard = heardOf(audience, event);
  if (heard === null || heard === "all" || event.name === "reset") {
    return heard === null ? null : dataOf(event);
  }
  return bodyOf({ ...event, beside: {} }, heard);
}

/** The bytes of an event for a listener; null when nothing in it is for them. */
export function bytesFor(audience: Audience, entry: LogEntry): Uint8Array | null {
  const { id, event, bytes } = entry;
  const heard = heardOf(audience, event);
  if (heard === null || heard === "all") return heard === null ? null : bytes;
  return encodeEvent(event.name, dataFor(audience, entry), id);
}

/** What of an event a listener may hear: all, the items within a part of its facility, nothing. */
function heardOf(audience: Audience, event: LiveEvent): "all" | FacilityEvent["items"] | null {
  if (event.name === "reset") return "all";
  const { reach, facilityId, zoneId, devices } = audience;
  if (event.name === "devices" && !devices) return null;
  if (facilityId !== undefined && facilityId !== event.facilityId) return null;
  if (reach.kind === "facilities" && !reach.ids.includes(event.facilityId)) return null;
  if (zoneId === undefined && (reach.kind === "all" || reach.kind === "facilities")) return "all";
  const items = event.items.filter(
    ({ place }) => reaches(reach, place) && (zoneId === undefined || zoneId === place.zoneId),
  );
  return items.length > 0 ? items : null;
}
