import { sql } from "drizzle-orm";
import type { Context } from "@/lib/server/context";
import { createDevice } from "@/lib/server/devices/create-device";
import { createFacility } from "@/lib/server/facilities/create-facility";
import type { RegisteredDevice } from "@/lib/server/ingest/device-registry";
import type { TelemetryRow } from "@/lib/server/ingest/record-telemetry";
import { runtime } from "@/lib/server/runtime";
import { putTarget } from "@/lib/server/targets/put-target";
import { createZone } from "@/lib/server/zones/create-zone";
import { demoWeek } from "./demo-week";

const ZONES = ["Level 1", "Level 2"];
const BAYS_PER_ZONE = 12;
const EVENTS_TARGET = 60;
const MINUTE_MS = 60_000;
/** Nothing keeps these bays alive, and their silence is nobody's worry: the longest that can be set. */
const NEVER_OFFLINE_SECONDS = 365 * 86_400;

/**
 * Adds a small facility with a week of events, readings, targets and one alert, to look around in.
 * It is made by the same verbs and lanes as any other, so all its figures agree.
 * @throws Problem 409 when there is a facility DEMO already
 */
export async function makeDemoEstate(context: Context, timeZone: string): Promise<void> {
  const facility = await createFacility(context, {
    code: "DEMO",
    name: "Demo garage",
    time_zone: timeZone,
    offline_after_seconds: NEVER_OFFLINE_SECONDS,
  });
  const codes: string[] = [];
  for (const [level, name] of ZONES.entries()) {
    const zone = await createZone(context, {
      facility_id: facility.id,
      code: `L${level + 1}`,
      name,
    });
    for (let bay = 1; bay <= BAYS_PER_ZONE; bay++) {
      const code = `DEMO-${level + 1}${String(bay).padStart(2, "0")}`;
      await createDevice(context, { zone_id: zone.id, code });
      codes.push(code);
    }
    const date = await localDate(context, timeZone);
    await putTarget(context, { zone_id: zone.id, date, target_value: EVENTS_TARGET });
  }
  await sendWeek(codes, context.now.getTime(), await offsetMs(context, timeZone));
}

async function sendWeek(codes: string[], now: number, offset: number): Promise<void> {
  const { registry, parkingLogs, telemetry } = runtime();
  await registry.start();
  await registry.lookUp(codes);
  const devices = codes.map((code) => registry.get(code)!);
  await parkingLogs.submit(
    demoWeek(devices.length, now, offset).map(({ bay, ...event }) => ({
      ...event,
      device: devices[bay]!,
    })),
  );
  await telemetry.submit(devices.flatMap((device, bay) => readings(device, bay, now)));
}

/** The last hour of a device; that of one bay ends in a reading that raises an alert. */
function readings(device: RegisteredDevice, bay: number, now: number): TelemetryRow[] {
  return Array.from({ length: 12 }, (_, i) => ({
    device,
    timestamp: now - (11 - i) * 5 * MINUTE_MS,
    voltage: 229 + ((bay * 7 + i * 3) % 25) / 10,
    current: bay === 5 && i === 11 ? 11 : 0.4 + ((bay + i) % 9) / 10,
    powerFactor: 0.95,
    temperatureC: 17 + (i % 4),
    batteryV: null,
    rssiDbm: -70 - (bay % 20),
  }));
}

async function localDate({ db, now }: Context, timeZone: string): Promise<string> {
  const [row] = await db.execute<{ day: string }>(sql`
    select (${now.toISOString()}::timestamptz at time zone ${timeZone})::date::text as day`);
  return row!.day;
}

async function offsetMs({ db, now }: Context, timeZone: string): Promise<number> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const [row] = await db.execute<{ ms: number }>(sql`
    select (extract(epoch from (${at} at time zone ${timeZone}) - (${at} at time zone 'UTC'))
            * 1000)::float8 as ms`);
  return row!.ms;
}
