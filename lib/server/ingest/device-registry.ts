import type { Sql } from "@/db/client";
import { type LimitSettings, limitsInForce, type RuleLimits } from "@/lib/domain/devices/limits";
import { REGISTRY_CHANNEL, type RegistryChange } from "@/lib/server/notices/channels";
import { NotifiedMemory } from "@/lib/server/notified-memory";

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

/** Devices and their limits in memory, so that a reading costs no look-up. */
export class DeviceRegistry extends NotifiedMemory {
  private byCode = new Map<string, RegisteredDevice>();
  private byId = new Map<number, RegisteredDevice>();

  constructor(sql: Sql) {
    super(sql, { channel: REGISTRY_CHANNEL, rereadAllMs: 5 * 60_000 });
  }

  /** The device of a code, from memory; one that decomposes its letters (NFD) is understood too. */
  get(code: string): RegisteredDevice | undefined {
    return this.byCode.get(code) ?? this.byCode.get(code.normalize());
  }

  protected async find(codes: string[]): Promise<void> {
    const spellings = codes.flatMap((code) => [code, code.normalize()]);
    this.remember(await this.read(this.sql`d.code = any(${spellings})`));
  }

  protected async reload(change: RegistryChange): Promise<void> {
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
