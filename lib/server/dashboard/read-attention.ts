import { sql } from "drizzle-orm";
import type { AlertType } from "@/lib/domain/alerts/alerting";
import type { ReadContext } from "@/lib/server/context";
import { devicesInPlace, inUse, lastContact, silentAt } from "@/lib/server/device-state/silence";
import { deviceWithin, PLACE } from "@/lib/server/scope/within-reach";
import { epochMs, openAlert } from "@/lib/server/sql";

/** What an operator has to look at, the most urgent kind first. */
export const ATTENTION_KINDS = ["critical", "offline", "never"] as const;
export type AttentionKind = (typeof ATTENTION_KINDS)[number];

/** One thing to look at. `since` is ISO 8601 in UTC. */
export type AttentionRow = {
  device_id: number;
  device_code: string;
  zone_code: string;
  facility_id: number;
  facility_name: string;
  /** Of what is critical: the open alert. */
  alert_id: number | null;
  alert_type: AlertType | null;
  /** When the alert was raised, the device was last heard, or was added without being heard since. */
  since: string;
};

/** Each kind with how many there are altogether, and the oldest of them. */
export type Attention = Record<AttentionKind, { total: number; rows: AttentionRow[] }>;

type Row = Omit<AttentionRow, "since"> & { kind: AttentionKind; total: number; since_ms: number };
type Wanted = { facilityId?: number; zoneId?: number; limit: number };

/**
 * What needs attention now among the devices in use: open critical alerts, devices that are silent
 * for longer than allowed, and devices that never sent a message. The oldest first; a device may be
 * in it for several reasons.
 * @param wanted `limit`: how many of each kind to list
 */
export async function readAttention(
  { db, actor, now }: ReadContext & { now: Date },
  { facilityId, zoneId, limit }: Wanted,
): Promise<Attention> {
  const inFacility = facilityId === undefined ? sql`true` : sql`z.facility_id = ${facilityId}::int`;
  const inZone = zoneId === undefined ? sql`true` : sql`d.zone_id = ${zoneId}::int`;
  const rows = await db.execute<Row>(sql`
    with place as (
      select d.id as device_id, d.code as device_code, z.code as zone_code, z.facility_id,
             f.name as facility_name, d.created_at, ${lastContact} as contact,
             ${silentAt(now)} as silent,
             s.last_telemetry_at is null and s.last_parking_log_at is null as never
      from ${devicesInPlace} join device_state s on s.device_id = d.id
      where ${inUse} and ${inFacility} and ${inZone} and ${deviceWithin(actor.reach, PLACE)}
    ), found as (
      select 'critical' as kind, p.*, a.id as alert_id, a.alert_type, a.created_at as since
      from place p join alerts a on a.device_id = p.device_id
      where a.severity = 'CRITICAL' and ${openAlert("a")}
      union all
      select case when p.silent then 'offline' else 'never' end, p.*, null, null,
             case when p.silent then p.contact else p.created_at end
      from place p where p.silent or p.never
    ), numbered as (
      select *, (count(*) over (partition by kind))::int as total,
             row_number() over (partition by kind order by since, device_code, alert_id) as place_no
      from found
    )
    select kind, total, device_id, device_code, zone_code, facility_id, facility_name, alert_id,
           alert_type, ${epochMs("since")} as since_ms
    from numbered where place_no <= ${limit} order by kind, place_no`);
  const ofKind = (kind: AttentionKind) => {
    const found = rows.filter((row) => row.kind === kind);
    return { total: found[0]?.total ?? 0, rows: found.map(attentionRow) };
  };
  return { critical: ofKind("critical"), offline: ofKind("offline"), never: ofKind("never") };
}

function attentionRow({ kind: _kind, total: _total, since_ms, ...row }: Row): AttentionRow {
  return { ...row, since: new Date(since_ms).toISOString() };
}
