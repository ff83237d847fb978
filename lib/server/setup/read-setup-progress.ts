import { sql } from "drizzle-orm";
import type { ReadContext } from "@/lib/server/context";
import { deviceWithin, facilityWithin, PLACE, zoneWithin } from "@/lib/server/scope/within-reach";

/** How far an installation has come on the way to its first message. */
export type SetupProgress = {
  facility: boolean;
  zone: boolean;
  /** A device that waits for its first message; null where there is none. */
  device: string | null;
  /** Whether a key can send messages. */
  key: boolean;
  /** A device that has sent a message; null while none has. */
  heard: string | null;
};

/** What there is in reach of anyone who asks: places in use, keys that send, and a first message. */
export async function readSetupProgress({
  db,
  actor: { reach },
}: ReadContext): Promise<SetupProgress> {
  const devices = sql`devices d join zones z on z.id = d.zone_id
    join facilities f on f.id = z.facility_id`;
  const inReach = sql`${deviceWithin(reach, PLACE)}`;
  // Where messages come in, the first look finds one of them and nothing else is looked at.
  const [heard] = await db.execute<{ code: string }>(sql`
    select d.code from ${devices} join device_state s on s.device_id = d.id
    where (s.last_telemetry_at is not null or s.last_parking_log_at is not null) and ${inReach}
    limit 1`);
  if (heard) {
    return { facility: true, zone: true, device: null, key: true, heard: heard.code };
  }
  const [steps] = await db.execute<Omit<SetupProgress, "heard">>(sql`
    select exists (select from facilities f where f.retired_at is null
             and ${facilityWithin(reach, { facility: sql`f.id` })}) as facility,
           exists (select from zones z where z.retired_at is null
             and ${zoneWithin(reach, PLACE)}) as zone,
           (select min(d.code) from ${devices} where d.retired_at is null and ${inReach}) as device,
           exists (select from api_keys k
             left join devices d on d.id = k.device_id
             left join zones z on z.id = coalesce(d.zone_id, k.zone_id)
             left join facilities f on f.id = coalesce(z.facility_id, k.facility_id)
             where k.revoked_at is null and coalesce(k.expires_at > now(), true)
               and 'ingest' = any(k.scopes)
               and (f.id is null or ${facilityWithin(reach, { facility: sql`f.id` })})) as key`);
  return { ...steps!, heard: null };
}
