import { setTimeout as delay } from "node:timers/promises";
import type { Sql } from "@/db/client";
import { type LimitSettings, limitsInForce, type RuleLimits } from "@/lib/domain/limits";
import { log } from "@/lib/server/log";

/** The channel on which verbs tell every process which devices to read anew. */
export const REGISTRY_CHANNEL = "device_registry";

/** A notice may get lost with a connection that nobody saw break: everything is read now and then. */
const REREAD_ALL_MS = 5 * 60_000;

/** What changed: one device, all devices of a zone or facility, or anything. */
export type RegistryChange = `${"device" | "zone" | "facility"}:${number}` | "all";

/** A device as ingestion knows it. */
export type RegisteredDevice = {
  id: number;
  code: string;
  zoneId: number;
  facilityId: number;
  retired: boolean;
  limits: RuleLimits;
  /** With an interval of its own any message proves the device alive, else only telemetry does. */
  anyMessageCounts: boolean;
};

type DeviceRow = {
  id: number;
  code: string;
  zone_id: number;
  facility_id: number;
  retired: boolean;
  own_interval: boolean;
  levels: [LimitSettings, LimitSettings, LimitSettings];
};

/**
 * Devices and their limits in memory, so that a reading costs no look-up. Other processes' changes
 * arrive by NOTIFY; a code that memory does not know is looked up before it is called unknown.
 */
export class DeviceRegistry {
  private byCode = new Map<string, RegisteredDevice>();
  private byId = new Map<number, RegisteredDevice>();
  private started: Promise<void> | null = null;
  private reading: Promise<void> = Promise.resolve();
  private wanted = new Set<string>();
  private lookingUp: Promise<void> | null = null;
  private rereading: NodeJS.Timeout | undefined;
  private stopped = false;
  private unlisten: (() => Promise<void>) | null = null;

  constructor(private readonly sql: Sql) {}

  /**
   * Listens for changes and loads every device, once; again after each lost connection.
   * @throws when the database is away; the next call tries again
   */
  start(): Promise<void> {
    this.started ??= this.listen().catch((error) => {
      this.started = null;
      throw error;
    });
    return this.started;
  }

  async stop(): Promise<void> {
    clearInterval(this.rereading);
    this.stopped = true;
    await this.unlisten?.();
  }

  /** The device of a code, from memory. */
  get(code: string): RegisteredDevice | undefined {
    return this.byCode.get(code);
  }

  byDeviceId(id: number): RegisteredDevice | undefined {
    return this.byId.get(id);
  }

  /**
   * Looks up codes that memory does not know, in case they were made this moment elsewhere; the
   * codes of all requests that wait go in one query.
   */
  lookUp(codes: string[]): Promise<void> {
    if (codes.length === 0) return Promise.resolve();
    for (const code of codes) this.wanted.add(code);
    this.lookingUp ??= this.inTurn(async () => {
      const wanted = [...this.wanted];
      this.wanted.clear();
      this.lookingUp = null;
      this.remember(await this.read(this.sql`d.code = any(${wanted})`));
    });
    return this.lookingUp;
  }

  /** Reads anew what a change names. */
  refresh(change: RegistryChange): Promise<void> {
    return this.inTurn(() => this.reload(change));
  }

  /** A change that can't be read now, as the database is busy or away, is read later. */
  private async refreshInTheEnd(change: RegistryChange): Promise<void> {
    for (let attempt = 1; !this.stopped; attempt++) {
      try {
        return await this.refresh(change);
      } catch (error) {
        log().warn({ err: error, change }, "devices not read anew yet");
        await delay(Math.min(attempt * 500, 5_000), undefined, { ref: false });
      }
    }
  }

  /** One read after the other, so that an older answer never overwrites a newer one. */
  private inTurn(read: () => Promise<void>): Promise<void> {
    this.reading = this.reading.catch(() => {}).then(read);
    return this.reading;
  }

  private async listen(): Promise<void> {
    // Called at every (re)connection: what was missed meanwhile is read anew.
    const onListening = () => void this.refreshInTheEnd("all");
    const onChange = (change: string) => void this.refreshInTheEnd(change as RegistryChange);
    this.rereading = setInterval(onListening, REREAD_ALL_MS).unref();
    const { unlisten } = await this.sql.listen(REGISTRY_CHANNEL, onChange, onListening);
    this.unlisten = unlisten;
    await this.refresh("all");
  }

  private async reload(change: RegistryChange): Promise<void> {
    const [noun, idText] = change.split(":");
    const id = Number(idText);
    if (noun === "device") {
      const rows = await this.read(this.sql`d.id = ${id}`);
      this.forget(this.byId.get(id));
      this.remember(rows);
    } else if (noun === "zone") {
      this.remember(await this.read(this.sql`z.id = ${id}`));
    } else if (noun === "facility") {
      this.remember(await this.read(this.sql`f.id = ${id}`));
    } else {
      const rows = await this.read(this.sql`true`);
      this.byCode = new Map();
      this.byId = new Map();
      this.remember(rows);
    }
  }

  private remember(rows: DeviceRow[]): void {
    for (const row of rows) {
      this.forget(this.byId.get(row.id));
      const device: RegisteredDevice = {
        id: row.id,
        code: row.code,
        zoneId: row.zone_id,
        facilityId: row.facility_id,
        retired: row.retired,
        limits: limitsInForce(...row.levels),
        anyMessageCounts: row.own_interval,
      };
      this.byId.set(device.id, device);
      this.byCode.set(device.code, device);
    }
  }

  private forget(device: RegisteredDevice | undefined): void {
    if (!device) return;
    this.byId.delete(device.id);
    if (this.byCode.get(device.code) === device) this.byCode.delete(device.code);
  }

  private read(which: ReturnType<Sql>): Promise<DeviceRow[]> {
    const settings = (table: string) => this.sql`json_build_object(
      'offlineAfterSeconds', ${this.sql(table)}.offline_after_seconds,
      'highPowerW', ${this.sql(table)}.high_power_w,
      'maxCurrentA', ${this.sql(table)}.max_current_a,
      'maxVoltageV', ${this.sql(table)}.max_voltage_v,
      'normalReadingsToResolve', ${this.sql(table)}.normal_readings_to_resolve,
      'reopenWithinSeconds', ${this.sql(table)}.reopen_within_seconds)`;
    return this.sql<DeviceRow[]>`
      select d.id, d.code, d.zone_id, z.facility_id,
             coalesce(d.retired_at, z.retired_at, f.retired_at) is not null as retired,
             d.offline_after_seconds is not null as own_interval,
             json_build_array(${settings("d")}, ${settings("z")}, ${settings("f")}) as levels
      from devices d join zones z on z.id = d.zone_id join facilities f on f.id = z.facility_id
      where ${which}`;
  }
}
