import { sql } from "drizzle-orm";
import { isoInstant } from "@/lib/domain/iso-instant";
import type { ReadContext } from "@/lib/server/context";
import { idList } from "@/lib/server/scope/within-reach";
import type { UsageRow } from "./read-usage";

/** A parking log as it is read: ids are digits, `offsetS` is that of its local time, in seconds. */
export type FoundLog = {
  deviceId: string;
  zoneId: string;
  isOccupied: boolean;
  utcMs: number;
  offsetS: number;
};

type ZoneNames = { zone_code: string; facility: string };

/** The codes that a report shows instead of ids, each looked up once in a report. */
export class PlaceNames {
  private readonly devices = new Map<string, string>();
  private readonly zones = new Map<string, ZoneNames>();

  constructor(private readonly context: ReadContext) {}

  /** The rows of a report that these logs are. */
  async of(logs: readonly FoundLog[]): Promise<UsageRow[]> {
    await this.lookUp(logs);
    return logs.map(({ deviceId, zoneId, isOccupied, utcMs, offsetS }) => {
      const timestamp = localIso(utcMs, offsetS);
      const { zone_code, facility } = this.zones.get(zoneId)!;
      return {
        date: timestamp.slice(0, 10),
        device_code: this.devices.get(deviceId)!,
        ...{ zone_code, facility, is_occupied: isOccupied, timestamp },
      };
    });
  }

  private async lookUp(logs: readonly FoundLog[]): Promise<void> {
    const { db } = this.context;
    const devices = missing(this.devices, logs, "deviceId");
    const zones = missing(this.zones, logs, "zoneId");
    if (devices.length > 0) {
      const rows = await db.execute<{ id: number; code: string }>(
        sql`select id, code from devices where id = any(${idList(devices)})`,
      );
      for (const { id, code } of rows) this.devices.set(String(id), code);
    }
    if (zones.length > 0) {
      const rows = await db.execute<ZoneNames & { id: number }>(sql`
        select z.id, z.code as zone_code, f.code as facility
        from zones z join facilities f on f.id = z.facility_id
        where z.id = any(${idList(zones)})`);
      for (const { id, ...names } of rows) this.zones.set(String(id), names);
    }
  }
}

function missing(
  known: ReadonlyMap<string, unknown>,
  logs: readonly FoundLog[],
  field: "deviceId" | "zoneId",
): number[] {
  const ids = new Set<string>();
  for (const log of logs) if (!known.has(log[field])) ids.add(log[field]);
  return [...ids].map(Number);
}

const offsets = new Map<number, string>();

/** What local_iso() writes; written here because to_char() takes most of the time of a report. */
function localIso(utcMs: number, offsetS: number): string {
  const local = isoInstant(utcMs + offsetS * 1000);
  const clock = local.endsWith(".000Z") ? local.slice(0, -5) : local.slice(0, -1);
  let offset = offsets.get(offsetS);
  if (offset === undefined) {
    const minutes = Math.abs(offsetS) / 60;
    const two = (n: number) => String(Math.floor(n)).padStart(2, "0");
    offset = `${offsetS < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
    offsets.set(offsetS, offset);
  }
  return clock + offset;
}
