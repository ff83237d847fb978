import { sql } from "drizzle-orm";
import type { Connection } from "@/db/client";
import type { Context, ReadContext } from "@/lib/server/context";
import { announce } from "@/lib/server/estate/change-estate";
import { facilityWithin } from "@/lib/server/scope/within-reach";
import {
  type ImportPlan,
  type Known,
  type KnownDevice,
  type ListedDevice,
  placeKey,
} from "./import-plan";
import { moveDevices } from "./move-devices";

const json = (rows: unknown[]) => sql`${JSON.stringify(rows)}::text::jsonb`;
const texts = (values: Iterable<string>) =>
  sql`(select jsonb_array_elements_text(${json([...new Set(values)])}))`;

/** More zones than this are announced as one change of everything. */
const ANNOUNCED_ZONES = 50;

/** Reads what is there already of the things that the rows name. */
export async function readKnown(
  { db, actor: { reach } }: ReadContext,
  rows: ListedDevice[],
): Promise<Known> {
  const inFacility = facilityWithin(reach, { facility: sql`f.id` });
  const facilityCodes = texts(rows.map((row) => row.facility));
  const facilities = await db.execute<{ code: string; timeZone: string; retired: boolean }>(sql`
    select f.code, f.time_zone as "timeZone", f.retired_at is not null as retired
    from facilities f where f.code in ${facilityCodes} and ${inFacility}`);
  const zones = await db.execute<{ facility: string; zone: string; retired: boolean }>(sql`
    select f.code as facility, z.code as zone, z.retired_at is not null as retired
    from zones z join facilities f on f.id = z.facility_id 
    where f.code in ${facilityCodes} and ${inFacility}`);
  const devices = await db.execute<KnownDevice & { code: string }>(sql`
    select d.id, d.code, f.code as facility, z.code as zone, d.name,
           d.offline_after_seconds as "offlineAfterSeconds", ${inFacility} as "withinReach"
    from devices d join zones z on z.id = d.zone_id join facilities f on f.id = z.facility_id
    where d.code in ${texts(rows.map((row) => row.device_code))}`);
  const given = rows.flatMap((row) => (row.time_zone ? [row.time_zone.toLowerCase()] : []));
  const timeZones = given.length
    ? await db.execute<{ name: string }>(sql`
        select lower(name) as name from pg_timezone_names where lower(name) in ${texts(given)}`)
    : [];
  return {
    facilities: new Map(facilities.map((facility) => [facility.code, facility])),
    zones: new Map(zones.map((zone) => [placeKey(zone), zone])),
    devices: new Map(devices.map((device) => [device.code, device])),
    timeZones: new Set(timeZones.map((zone) => zone.name)),
    mayMakeFacilities: reach.kind === "all",
  };
}

/** Carries a plan out, in a fixed number of statements, and tells ingestion. */
export async function writePlan(context: Context, plan: ImportPlan): Promise<void> {
  const { db } = context;
  await insertPlaces(db, plan);
  const zoneIds = await zoneIdsOf(db, [...plan.created, ...plan.moved.map(({ row }) => row)]);
  const zoneId = (row: ListedDevice) => zoneIds.get(placeKey(row))!;
  await moveDevices(
    context,
    plan.moved.map(({ id, row }) => ({ deviceId: id, zoneId: zoneId(row) })),
  );
  await insertDevices(db, plan.created, zoneId);
  const changed = await updateDevices(db, plan.changed);
  const touched = new Set([...zoneIds.values(), ...changed]);
  if (touched.size > ANNOUNCED_ZONES) await announce(db, "all");
  else for (const id of touched) await announce(db, `zone:${id}`);
}

async function insertPlaces(db: Connection, { facilities, zones }: ImportPlan) {
  const newFacilities = [...facilities].map(([code, { name, timeZone }]) => ({
    code,
    name,
    time_zone: timeZone,
  }));
  await db.execute(sql`
    insert into facilities (code, name, time_zone)
    select code, name, time_zone
    from jsonb_to_recordset(${json(newFacilities)}) as r(code text, name text, time_zone text)`);
  await db.execute(sql`
    insert into zones (facility_id, code, name)
    select f.id, r.code, r.name
    from jsonb_to_recordset(${json([...zones.values()])}) as r(facility text, code text, name text)
         join facilities f on f.code = r.facility`);
}

async function zoneIdsOf(db: Connection, rows: ListedDevice[]): Promise<Map<string, number>> {
  const places = [
    ...new Map(
      rows.map(({ facility, zone }) => {
        const place = { facility, zone };
        return [placeKey(place), place];
      }),
    ).values(),
  ];
  const found = await db.execute<{ id: number; facility: string; zone: string }>(sql`
    select z.id, f.code as facility, z.code as zone
    from jsonb_to_recordset(${json(places)}) as r(facility text, zone text)
         join facilities f on f.code = r.facility
         join zones z on z.facility_id = f.id and z.code = r.zone`);
  return new Map(found.map((zone) => [placeKey(zone), zone.id]));
}

async function insertDevices(
  db: Connection,
  rows: ListedDevice[],
  zoneId: (row: ListedDevice) => number,
) {
  const values = rows.map((row) => ({
    zone_id: zoneId(row),
    code: row.device_code,
    name: row.name ?? null,
    offline_after_seconds: row.offline_after_seconds ?? null,
  }));
  await db.execute(sql`
    with made as (
      insert into devices (zone_id, code, name, offline_after_seconds)
      select zone_id, code, name, offline_after_seconds
      from jsonb_to_recordset(${json(values)})
        as r(zone_id int, code text, name text, offline_after_seconds int)
      returning id, zone_id
    )
    insert into device_state (device_id, zone_id, time_zone)
    select m.id, m.zone_id, f.time_zone
    from made m join zones z on z.id = m.zone_id join facilities f on f.id = z.facility_id`);
}

/** @returns the zones of the devices that were changed */
async function updateDevices(db: Connection, changed: ImportPlan["changed"]): Promise<number[]> {
  const values = changed.map(({ id, row }) => ({
    id,
    name: row.name ?? null,
    offline_after_seconds: row.offline_after_seconds ?? null,
  }));
  const done = await db.execute<{ zone_id: number }>(sql`
    update devices d
    set name = coalesce(r.name, d.name),
        offline_after_seconds = coalesce(r.offline_after_seconds, d.offline_after_seconds)
    from jsonb_to_recordset(${json(values)}) as r(id int, name text, offline_after_seconds int)
    where d.id = r.id
    returning d.zone_id`);
  return done.map((row) => row.zone_id);
}
