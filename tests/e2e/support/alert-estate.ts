import type { Sql } from "postgres";
import { api } from "@/tests/support/api";
import { type Device, makeDevice, makeFacility, makeZone } from "@/tests/support/factories";
import { type AlertOverrides, makeAlert } from "@/tests/support/history";

export const minutesAgo = (minutes: number) =>
  new Date(Date.now() - minutes * 60_000).toISOString();

const DETAILS = {
  high_power: {
    message: "Power 2,310 W is above 2,000 W",
    details: { power_w: 2310, limit_w: 2000, voltage: 231, current: 10 },
  },
  offline: { message: "No telemetry for more than 2 min", details: { limit_s: 120 } },
  invalid_data: {
    message: "Implausible reading: current 140 A is above 100 A",
    details: { voltage: 230, current: 140, limit_a: 100, limit_v: 500 },
  },
};

/** An alert as ingestion leaves it, so many minutes ago. */
export async function raise(
  sql: Sql,
  device: Device,
  minutes: number,
  overrides: AlertOverrides = {},
): Promise<number> {
  const type = overrides.type ?? "high_power";
  const severity = type === "high_power" ? "CRITICAL" : "WARNING";
  const at = minutesAgo(minutes);
  const id = await makeAlert(sql, device, at, { type, severity, ...overrides });
  const { message, details } = DETAILS[type];
  const times = type === "offline" ? { last_contact_at: at } : { reading_at: at };
  await sql`update alerts set message = ${message}, details = ${sql.json({ ...details, ...times })}
    where id = ${id}`;
  return id;
}

/** A facility of its own with devices in one zone, open alerts of all kinds among them. */
export async function alertEstate(sql: Sql, name: string, devices = 4) {
  const facility = await makeFacility(sql, {
    ...{ code: name.toLowerCase(), name, timeZone: "Europe/Berlin" },
  });
  const zone = await makeZone(sql, { code: `${name}-P1`, facilityId: facility.id });
  const made: Device[] = [];
  for (let i = 1; i <= devices; i++) {
    const code = `${name}-${String(i).padStart(3, "0")}`;
    made.push(await makeDevice(sql, { code, zoneId: zone.id }));
  }
  return { facility, zone, devices: made };
}

/** How many alerts of a facility are open. */
export async function openCount(url: string, facilityId: number): Promise<number> {
  const { body } = await api(url).get(`/api/alerts?facility=${facilityId}&state=open`);
  return body.length;
}
