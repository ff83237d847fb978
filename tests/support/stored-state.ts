import type { Sql } from "postgres";
import { sorted } from "./sequential-model";

/** What the database holds of some devices, in the form that the sequential model gives. */
export async function storedState(sql: Sql, deviceIds: number[]) {
  const values = async (query: Promise<Record<string, unknown>[]>) =>
    sorted((await query).map((row) => Object.values(row)));
  const at = (column: string) =>
    sql`to_char(${sql(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  const mine = sql`where d.id = any(${deviceIds})`;
  return {
    telemetry: await values(sql`
      select d.code, ${at("t.timestamp")} as at, t.voltage, t.current
      from devices d join telemetry t on t.device_id = d.id ${mine}`),
    logs: await logsByArrival(sql, deviceIds),
    states: await values(sql`
      select d.code, ${at("s.last_telemetry_at")} as telemetry_at, s.voltage, s.current,
             ${at("s.last_parking_log_at")} as log_at, s.is_occupied,
             array_to_string(s.live_alerts, ' ') as live
      from devices d join device_state s on s.device_id = d.id ${mine}`),
    telemetryDays: await values(sql`
      select d.code, t.day::text, t.reading_count, ${at("t.last_telemetry_at")} as last_at
      from devices d join telemetry_days t on t.device_id = d.id ${mine}`),
    parkingDays: await values(sql`
      select d.code, p.day::text, p.event_count, ${at("p.last_parking_log_at")} as last_at,
             p.is_occupied
      from devices d join parking_days p on p.device_id = d.id ${mine}`),
    zoneHours: await values(sql`
      select z.code, ${at("h.hour")} as hour, h.day::text, h.event_count
      from zones z join zone_hours h on h.zone_id = z.id
      where z.id in (select zone_id from devices d ${mine})`),
    alerts: await values(sql`
      select d.code, a.alert_type, a.occurrences, a.normal_readings, a.resolved_at is null as live,
             (select string_agg(t.kind::text, ' ' order by t.id)
              from alert_transitions t where t.alert_id = a.id) as timeline
      from devices d join alerts a on a.device_id = d.id ${mine}`),
  };
}

async function logsByArrival(sql: Sql, deviceIds: number[]) {
  const rows = await sql<{ code: string; logs: string[] | null }[]>`
    select d.code, array_agg(to_char(p.timestamp at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
             || ' ' || p.is_occupied order by p.arrival) filter (where p.device_id is not null) as logs
    from devices d left join parking_logs p on p.device_id = d.id
    where d.id = any(${deviceIds}) group by d.code`;
  return sorted(rows.map(({ code, logs }) => [code, ...(logs ?? [])]));
}
