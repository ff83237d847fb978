import { sql } from "drizzle-orm";
import type { ReadContext } from "@/lib/server/context";
import { isoInstant } from "@/lib/server/iso-instant";
import { idList } from "@/lib/server/sql";
import type { UsageRow } from "./usage-row";

/**
 * Parking logs as they are read, a list for each column: ids are digits, states `t` or `f`, instants
 * microseconds since 1970, offsets those of local time in seconds.
 */
export type LogColumns = Record<
  "deviceIds" | "zoneIds" | "states" | "instants" | "offsets",
  string[]
>;

type ZoneNames = { zone_code: string; facility: string };

/** The codes that a report shows instead of ids, each looked up once in a report. */
export class PlaceNames {
  private readonly devices = new Map<string, string>();
  private readonly zones = new Map<string, ZoneNames>();

  constructor(private readonly context: ReadContext) {}

  /** The rows of a report that these logs are. */
  async of(logs: LogColumns): Promise<UsageRow[]> {
    await this.lookUp(logs);
    const { zoneIds, states, instants, offsets } = logs;
    // Plain objects: spreading takes longer than all else here.
    return logs.deviceIds.map((deviceId, row) => {
      const timestamp = localIso(Math.floor(Number(instants[row]) / 1000), Number(offsets[row]));
      const names = this.zones.get(zoneIds[row]!)!;
      return {
        date: timestamp.slice(0, 10),
        device_code: this.devices.get(deviceId)!,
        zone_code: names.zone_code,
        facility: names.facility,
        is_occupied: states[row] === "t",
        timestamp,
      };
    });
  }

  private async lookUp({ deviceIds, zoneIds }: LogColumns): Promise<void> {
    const { db } = this.context;
    const devices = missing(this.devices, deviceIds);
    const zones = missing(this.zones, zoneIds);
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

const missing = (known: ReadonlyMap<string, unknown>, ids: readonly string[]): number[] =>
  [...new Set(ids.filter((id) => !known.has(id)))].map(Number);

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
