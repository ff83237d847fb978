import type { Sql } from "postgres";

/** Devices that take part: the scale of one machine. */
export const DEVICE_COUNT = 5_000;

/** Facility, zones and devices for the readings below. */
export async function seedDevices(sql: Sql, count = DEVICE_COUNT): Promise<void> {
  await sql`insert into facilities (code, name, time_zone) values ('BENCH', 'Bench', 'Asia/Shanghai')`;
  await sql`insert into zones (facility_id, code, name)
    select f.id, 'Z' || n, 'Zone ' || n from facilities f, generate_series(1, 50) n`;
  await sql`insert into devices (zone_id, code)
    select z.id, 'BENCH-' || n from generate_series(1, ${count}::int) n
    join zones z on z.code = 'Z' || (n % 50 + 1)
    join facilities f on f.id = z.facility_id and f.code = 'BENCH'`;
  await sql`insert into device_state (device_id, zone_id, time_zone)
    select id, zone_id, 'Asia/Shanghai' from devices where code like 'BENCH-%'`;
  await sql`analyze`;
}

/** Readings of all devices in turn, none twice in this process, and all of the last minute. */
export class Readings {
  private next = 0;
  private readonly startMs = Date.now() - 60_000;

  take() {
    const n = this.next++;
    return {
      device: (n % DEVICE_COUNT) + 1,
      timestampMs: this.startMs + Math.floor(n / DEVICE_COUNT) * 50,
      voltage: 229 + (n % 30) / 10,
      current: 1 + (n % 40) / 10,
      powerFactor: 0.9,
    };
  }

  json(): string {
    const r = this.take();
    const timestamp = new Date(r.timestampMs).toISOString();
    return `{"device_code":"BENCH-${r.device}","timestamp":"${timestamp}","voltage":${r.voltage},"current":${r.current},"power_factor":${r.powerFactor}}`;
  }
}
