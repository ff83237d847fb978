import type { Sql } from "postgres";
import { type LimitSettings, limitsInForce } from "@/lib/domain/devices/limits";

type Limits = Partial<LimitSettings>;
/** Without `createdAt` it was there long before every date that a test looks at. */
type Common = { code?: string; name?: string; createdAt?: Date; retiredAt?: Date } & Limits;

export type FacilityOverrides = Common & {
  timeZone?: string;
  address?: string;
  latitude?: number;
  longitude?: number;
};
/** Without `facilityId` it gets a facility of its own, in `timeZone`. */
export type ZoneOverrides = Common & { facilityId?: number; timeZone?: string };
/** Without `zoneId` it gets a zone of its own. */
export type DeviceOverrides = Common & { zoneId?: number; timeZone?: string };

export type Facility = { id: number; code: string };
export type Zone = Facility & { facilityId: number };
export type Device = Zone & { zoneId: number };

let made = 0;
/** Unique in the process; test databases are not shared between processes. */
const nextCode = (noun: string) => `${noun}-${++made}`;

const limitNames = Object.keys(limitsInForce()) as (keyof LimitSettings)[];
const snakeCase = (name: string) => name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);

function common(noun: string, overrides: Common) {
  const limits = limitNames.map((name) => [snakeCase(name), overrides[name] ?? null]);
  const code = overrides.code ?? nextCode(noun);
  const times = {
    created_at: overrides.createdAt ?? new Date("2000-01-01T00:00:00Z"),
    retired_at: overrides.retiredAt ?? null,
  };
  const row = { code, name: overrides.name ?? code, ...times };
  return { ...row, ...(Object.fromEntries(limits) as Record<string, number | null>) };
}

/** A facility, in UTC unless told otherwise. */
export async function makeFacility(sql: Sql, overrides: FacilityOverrides = {}): Promise<Facility> {
  const row = {
    ...common("facility", overrides),
    time_zone: overrides.timeZone ?? "UTC",
    address: overrides.address ?? null,
    latitude: overrides.latitude ?? null,
    longitude: overrides.longitude ?? null,
  };
  const [stored] = await sql<[Facility]>`insert into facilities ${sql(row)} returning id, code`;
  return stored;
}

export async function makeZone(sql: Sql, overrides: ZoneOverrides = {}): Promise<Zone> {
  const facilityId =
    overrides.facilityId ?? (await makeFacility(sql, { timeZone: overrides.timeZone })).id;
  const row = { ...common("zone", overrides), facility_id: facilityId };
  const [stored] = await sql<[Facility]>`insert into zones ${sql(row)} returning id, code`;
  return { ...stored, facilityId };
}

/** A device with its state row, as the verb that creates devices leaves it. */
export async function makeDevice(sql: Sql, overrides: DeviceOverrides = {}): Promise<Device> {
  const zoneId = overrides.zoneId ?? (await makeZone(sql, { timeZone: overrides.timeZone })).id;
  const row = { ...common("device", overrides), zone_id: zoneId };
  const [stored] = await sql<[Facility]>`insert into devices ${sql(row)} returning id, code`;
  const [place] = await sql<[{ facilityId: number }]>`
    insert into device_state (device_id, zone_id, time_zone)
    select ${stored.id}, z.id, f.time_zone
    from zones z join facilities f on f.id = z.facility_id where z.id = ${zoneId}
    returning (select facility_id from zones where id = ${zoneId}) as "facilityId"`;
  return { ...stored, zoneId, facilityId: place.facilityId };
}
