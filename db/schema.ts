import { isNotNull, sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  boolean,
  check,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgEnum,
  pgSequence,
  pgTable,
  pgView,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  varchar,
} from "drizzle-orm/pg-core";
import type { AlertDetails } from "@/lib/domain/alerts/alerting";
import { id, instant } from "./columns";

export const alertType = pgEnum("alert_type", ["offline", "high_power", "invalid_data"]);
export const alertSeverity = pgEnum("alert_severity", ["INFO", "WARNING", "CRITICAL"]);
export const alertTransitionKind = pgEnum("alert_transition_kind", [
  "raised",
  "acknowledged",
  "resolved",
  "reopened",
  "unacknowledged",
]);

/** Rule limits, null where the level above decides: device, then zone, then facility, then default. */
const ruleLimits = () => ({
  offlineAfterSeconds: integer("offline_after_seconds"),
  highPowerW: doublePrecision("high_power_w"),
  maxCurrentA: doublePrecision("max_current_a"),
  maxVoltageV: doublePrecision("max_voltage_v"),
  normalReadingsToResolve: smallint("normal_readings_to_resolve"),
  reopenWithinSeconds: integer("reopen_within_seconds"),
});

const lifetime = () => ({
  createdAt: instant("created_at").notNull().defaultNow(),
  retiredAt: instant("retired_at"),
});

export const facilities = pgTable("facilities", {
  id: id(),
  code: varchar("code", { length: 128 }).notNull().unique(),
  name: varchar("name", { length: 200 }).notNull(),
  timeZone: varchar("time_zone", { length: 64 }).notNull(),
  address: varchar("address", { length: 500 }),
  latitude: doublePrecision("latitude"),
  longitude: doublePrecision("longitude"),
  ...ruleLimits(),
  ...lifetime(),
});

export const zones = pgTable(
  "zones",
  {
    id: id(),
    facilityId: integer("facility_id")
      .notNull()
      .references(() => facilities.id),
    code: varchar("code", { length: 128 }).notNull(),
    name: varchar("name", { length: 200 }).notNull(),
    ...ruleLimits(),
    ...lifetime(),
  },
  (t) => [uniqueIndex("zones_facility_code").on(t.facilityId, t.code)],
);

export const devices = pgTable(
  "devices",
  {
    id: id(),
    zoneId: integer("zone_id")
      .notNull()
      .references(() => zones.id),
    code: varchar("code", { length: 128 }).notNull().unique(),
    name: varchar("name", { length: 200 }),
    ...ruleLimits(),
    ...lifetime(),
  },
  (t) => [index("devices_zone").on(t.zoneId)],
);

/** Partitioned by month of `timestamp` (db/partitions.ts); no foreign key, ingestion checks the device. */
export const telemetry = pgTable(
  "telemetry",
  {
    deviceId: integer("device_id").notNull(),
    timestamp: instant("timestamp").notNull(),
    voltage: doublePrecision("voltage").notNull(),
    current: doublePrecision("current").notNull(),
    powerFactor: doublePrecision("power_factor"),
    temperatureC: doublePrecision("temperature_c"),
    batteryV: doublePrecision("battery_v"),
    rssiDbm: doublePrecision("rssi_dbm"),
  },
  (t) => [primaryKey({ columns: [t.deviceId, t.timestamp] })],
);

/** Orders the arrival of parking logs: of two states at one timestamp the later received one counts. */
export const parkingLogArrival = pgSequence("parking_log_arrival");

/** Partitioned by month of `timestamp` (db/partitions.ts). */
export const parkingLogs = pgTable(
  "parking_logs",
  {
    deviceId: integer("device_id").notNull(),
    timestamp: instant("timestamp").notNull(),
    isOccupied: boolean("is_occupied").notNull(),
    arrival: bigint("arrival", { mode: "number" })
      .notNull()
      .default(sql`nextval('parking_log_arrival')`),
  },
  (t) => [
    primaryKey({ columns: [t.deviceId, t.timestamp, t.isOccupied] }),
    index("parking_logs_timestamp").on(t.timestamp, t.deviceId, t.isOccupied),
  ],
);

/**
 * One narrow row a device, so that no page scans history. Its row lock orders everything that
 * happens to the device. `zone_id` and `time_zone` repeat the device's place: ingestion reads them
 * here, under that lock, and the verbs that move a device or change a time zone keep them true.
 */
export const deviceState = pgTable("device_state", {
  deviceId: integer("device_id")
    .primaryKey()
    .references(() => devices.id, { onDelete: "cascade" }),
  zoneId: integer("zone_id").notNull(),
  timeZone: varchar("time_zone", { length: 64 }).notNull(),
  lastTelemetryAt: instant("last_telemetry_at"),
  voltage: doublePrecision("voltage"),
  current: doublePrecision("current"),
  powerFactor: doublePrecision("power_factor"),
  temperatureC: doublePrecision("temperature_c"),
  batteryV: doublePrecision("battery_v"),
  rssiDbm: doublePrecision("rssi_dbm"),
  /** Local day of the newest reading, and its readings so far: counted here because this row is
   * rewritten by every reading anyway, and moved to `closed_telemetry_days` when a newer day opens. */
  openDay: date("open_day", { mode: "string" }),
  openDayReadings: integer("open_day_readings").notNull().default(0),
  /** Newest reading of that day: where the clock was set back over midnight the newest reading of
   * all may bear the date before. */
  openDayLastAt: instant("open_day_last_at"),
  lastParkingLogAt: instant("last_parking_log_at"),
  lastArrival: bigint("last_arrival", { mode: "number" }),
  isOccupied: boolean("is_occupied"),
  /** Since when `is_occupied` holds: the first log of the run of equal states that ends in the newest. */
  occupancySince: instant("occupancy_since"),
  /** Types of the device's unresolved alerts, so that normal readings cost no look at `alerts`. */
  liveAlerts: alertType("live_alerts").array().notNull().default(sql`'{}'`),
});

/** Rollup: readings of a device on a local day of its facility, for all days but the open one. */
export const closedTelemetryDays = pgTable(
  "closed_telemetry_days",
  {
    deviceId: integer("device_id")
      .notNull()
      .references(() => devices.id, { onDelete: "cascade" }),
    day: date("day", { mode: "string" }).notNull(),
    readingCount: integer("reading_count").notNull(),
    lastTelemetryAt: instant("last_telemetry_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.deviceId, t.day] }),
    index("closed_telemetry_days_day").on(t.day),
  ],
);

/** Readings of every device on every local day: the closed days and the open one. */
export const telemetryDays = pgView("telemetry_days").as((qb) =>
  qb
    .select({
      deviceId: closedTelemetryDays.deviceId,
      day: closedTelemetryDays.day,
      readingCount: closedTelemetryDays.readingCount,
      lastTelemetryAt: closedTelemetryDays.lastTelemetryAt,
    })
    .from(closedTelemetryDays)
    .unionAll(
      qb
        .select({
          deviceId: deviceState.deviceId,
          day: sql<string>`${deviceState.openDay}`.as("day"),
          readingCount: sql<number>`${deviceState.openDayReadings}`.as("reading_count"),
          lastTelemetryAt: sql<Date>`${deviceState.openDayLastAt}`.as("last_telemetry_at"),
        })
        .from(deviceState)
        .where(isNotNull(deviceState.openDay)),
    ),
);

/** Rollup: parking logs of a device on a local day, with the state that the day ended in. */
export const parkingDays = pgTable(
  "parking_days",
  {
    deviceId: integer("device_id")
      .notNull()
      .references(() => devices.id, { onDelete: "cascade" }),
    day: date("day", { mode: "string" }).notNull(),
    eventCount: integer("event_count").notNull(),
    lastParkingLogAt: instant("last_parking_log_at").notNull(),
    lastArrival: bigint("last_arrival", { mode: "number" }).notNull(),
    isOccupied: boolean("is_occupied").notNull(),
  },
  (t) => [primaryKey({ columns: [t.deviceId, t.day] }), index("parking_days_day").on(t.day)],
);

/**
 * Rollup: parking logs of a zone in a local hour; `hour` is the instant at which that hour began.
 * An hour in which the clock is set back over midnight belongs to two days, so the day is in the key.
 */
export const zoneHours = pgTable(
  "zone_hours",
  {
    zoneId: integer("zone_id")
      .notNull()
      .references(() => zones.id, { onDelete: "cascade" }),
    hour: instant("hour").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    eventCount: integer("event_count").notNull(),
  },
  (t) => [primaryKey({ columns: [t.zoneId, t.day, t.hour] }), index("zone_hours_day").on(t.day)],
);

export const alerts = pgTable(
  "alerts",
  {
    id: id(),
    deviceId: integer("device_id")
      .notNull()
      .references(() => devices.id),
    alertType: alertType("alert_type").notNull(),
    severity: alertSeverity("severity").notNull(),
    message: text("message").notNull(),
    /** What triggered it: the readings, the limits in force, or the silence. */
    details: jsonb("details").$type<AlertDetails>().notNull().default({}),
    createdAt: instant("created_at").notNull(),
    lastTriggeredAt: instant("last_triggered_at").notNull(),
    occurrences: integer("occurrences").notNull().default(1),
    /** Normal readings in a row since it last triggered. */
    normalReadings: smallint("normal_readings").notNull().default(0),
    acknowledgedAt: instant("acknowledged_at"),
    acknowledgedBy: text("acknowledged_by"),
    acknowledgeComment: text("acknowledge_comment"),
    resolvedAt: instant("resolved_at"),
  },
  (t) => [
    uniqueIndex("alerts_one_live_per_device_and_type")
      .on(t.deviceId, t.alertType)
      .where(sql`${t.resolvedAt} is null`),
    index("alerts_open")
      .on(t.deviceId)
      .where(sql`${t.resolvedAt} is null and ${t.acknowledgedAt} is null`),
    index("alerts_newest").on(t.createdAt.desc(), t.id.desc()),
    index("alerts_device_newest").on(t.deviceId, t.createdAt.desc()),
    index("alerts_device_resolved").on(t.deviceId, t.resolvedAt),
  ],
);

/** The timeline of an alert: one row for every change from raise to resolve. */
export const alertTransitions = pgTable(
  "alert_transitions",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    alertId: integer("alert_id")
      .notNull()
      .references(() => alerts.id, { onDelete: "cascade" }),
    kind: alertTransitionKind("kind").notNull(),
    at: instant("at").notNull(),
    actor: text("actor").notNull(),
    comment: text("comment"),
  },
  (t) => [index("alert_transitions_alert").on(t.alertId, t.id)],
);

/** Expected number of parking logs of one zone or one device on a local date. */
export const targets = pgTable(
  "targets",
  {
    id: id(),
    zoneId: integer("zone_id").references(() => zones.id, { onDelete: "cascade" }),
    deviceId: integer("device_id").references(() => devices.id, { onDelete: "cascade" }),
    date: date("date", { mode: "string" }).notNull(),
    targetValue: integer("target_value").notNull(),
  },
  (t) => [
    uniqueIndex("targets_zone_date").on(t.zoneId, t.date).where(sql`${t.zoneId} is not null`),
    uniqueIndex("targets_device_date").on(t.deviceId, t.date).where(sql`${t.deviceId} is not null`),
    index("targets_date").on(t.date),
    check("targets_one_scope", sql`num_nonnulls(${t.zoneId}, ${t.deviceId}) = 1`),
    check("targets_not_negative", sql`${t.targetValue} >= 0`),
  ],
);

/** Health of a device whenever it changed, so that its course can be shown. */
export const healthSnapshots = pgTable(
  "health_snapshots",
  {
    deviceId: integer("device_id")
      .notNull()
      .references(() => devices.id, { onDelete: "cascade" }),
    at: instant("at").notNull(),
    healthScore: smallint("health_score").notNull(),
    openAlerts: smallint("open_alerts").notNull(),
  },
  (t) => [primaryKey({ columns: [t.deviceId, t.at] })],
);

/** When each recurring job last ran, so that one instance at a time takes it. */
export const scheduledJobs = pgTable("scheduled_jobs", {
  name: text("name").primaryKey(),
  lastStartedAt: instant("last_started_at").notNull(),
  lastFinishedAt: instant("last_finished_at"),
  /** The last time that no process took the job for a while, from its last run before to the first after. */
  gapFrom: instant("gap_from"),
  gapTo: instant("gap_to"),
});
