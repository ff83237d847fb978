import Papa from "papaparse";
import { z } from "zod";
import type { Client } from "./client";
import type { Plan, PlannedDevice, PlannedFacility } from "./plan";
import { ReplayError } from "./replay-error";

/** How many of each were made; the rest was there. */
export type SetUp = {
  facilities: PlannedFacility[];
  zones: number;
  devices: number;
  unlistedDevices: number;
};

/** Devices of one import call: far below the server's limits, and done in a moment. */
const DEVICES_PER_CALL = 5_000;

const Coded = z.array(z.object({ code: z.string() }));
const Imported = z.object({ created: z.int(), zones_created: z.int() });

/**
 * Makes what the server does not have of a plan, and changes nothing that it has.
 * @throws ReplayError with the server's words when it refuses something
 */
export async function setUp(client: Client, plan: Plan): Promise<SetUp> {
  const there = await codesOf(client, "api/facilities");
  const facilities = plan.facilities.filter(({ code }) => !there.has(code));
  const known = await codesOf(client, "api/devices");
  const made: SetUp = { facilities, zones: 0, devices: 0, unlistedDevices: 0 };
  for (const name of ["devices", "unlisted"] as const) {
    const missing = plan[name].filter(({ code }) => !known.has(code));
    for (let from = 0; from < missing.length; from += DEVICES_PER_CALL) {
      const csv = csvOf(missing.slice(from, from + DEVICES_PER_CALL), facilities);
      const { created, zones_created: zones } = await importDevices(client, csv);
      made[name === "devices" ? "devices" : "unlistedDevices"] += created;
      made.zones += zones;
    }
  }
  return made;
}

/** Only facilities that are to be made have their time zone told. */
function csvOf(devices: PlannedDevice[], facilities: PlannedFacility[]): string {
  const toMake = new Map(facilities.map((facility) => [facility.code, facility]));
  return Papa.unparse({
    fields: ["device_code", "name", "zone", "facility", "facility_name", "time_zone"],
    data: devices.map(({ code, name, zone, facility }) => {
      const made = toMake.get(facility);
      return [code, name ?? "", zone, facility, made?.name ?? "", made?.zone.timeZone ?? ""];
    }),
  });
}

async function importDevices(client: Client, csv: string) {
  const { body } = await client.postCsv("api/devices/import", csv);
  const imported = Imported.safeParse(body);
  if (imported.success) return imported.data;
  throw new ReplayError("POST /api/devices/import has another shape; is this the right server?");
}

async function codesOf(client: Client, path: string): Promise<Set<string>> {
  const { body } = await client.get(path);
  const rows = Coded.safeParse(body);
  if (rows.success) return new Set(rows.data.map(({ code }) => code));
  throw new ReplayError(`GET /${path} has another shape; is this the right server?`);
}
