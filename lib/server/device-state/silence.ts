import { type SQL, sql } from "drizzle-orm";
import { DEFAULT_LIMITS } from "@/lib/domain/devices/limits";

// SQL of isSilent(), connectionOf() and limitsInForce() for queries over many devices. The query that takes these
// in names its tables so: d devices, z zones, f facilities, and s device_state or any other
// relation with last_telemetry_at and last_parking_log_at.

/** The silence that a device without a limit of its own is allowed, seconds. */
export const offlineAfterSecondsOfPlace = sql.raw(
  `coalesce(z.offline_after_seconds, f.offline_after_seconds, ${DEFAULT_LIMITS.offlineAfterSeconds})`,
);

/** Silence after which a device is offline, seconds: its own, its zone's, its facility's, the default. */
export const offlineAfterSeconds = sql`coalesce(d.offline_after_seconds, ${offlineAfterSecondsOfPlace})`;

/**
 * When a device was last heard from, null if never: its newest telemetry; with an interval of its
 * own any message counts. Rule: docs/rules.md#offline.
 */
export const lastContact = sql.raw(
  "case when d.offline_after_seconds is null then s.last_telemetry_at else greatest(s.last_telemetry_at, s.last_parking_log_at) end",
);

/**
 * Whether a device has been silent for longer than allowed, true or false: one that never made
 * contact is unknown, not silent. It makes a bay unknown: the SQL of the rule in
 * lib/domain/occupancy/bay-state.ts.
 * @param now a Date, or SQL of type timestamptz
 */
export function silentAt(now: Date | SQL): SQL {
  const at = now instanceof Date ? sql`${now.toISOString()}::timestamptz` : now;
  return sql`coalesce(${lastContact} < ${at} - make_interval(secs => ${offlineAfterSeconds}), false)`;
}

/**
 * Whether a device is online, offline or was never heard from: connectionOf(), as text.
 * @param silent what silentAt() gives
 */
export function connectionAt(silent: SQL): SQL {
  return sql`case when s.last_telemetry_at is null and s.last_parking_log_at is null then 'never'
    when ${silent} then 'offline' else 'online' end`;
}

/** Where a device's state and place are read from: what the fragments above stand on. */
export const devicesInPlace = sql.raw(
  "devices d join zones z on z.id = d.zone_id join facilities f on f.id = z.facility_id",
);

/** Whether a device is in use: neither it nor its zone or facility is retired. */
export const inUse = sql.raw(
  "(d.retired_at is null and z.retired_at is null and f.retired_at is null)",
);
