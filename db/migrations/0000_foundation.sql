CREATE TYPE "public"."alert_severity" AS ENUM('INFO', 'WARNING', 'CRITICAL');--> statement-breakpoint
CREATE TYPE "public"."alert_transition_kind" AS ENUM('raised', 'acknowledged', 'resolved', 'reopened');--> statement-breakpoint
CREATE TYPE "public"."alert_type" AS ENUM('offline', 'high_power', 'invalid_data');--> statement-breakpoint
CREATE SEQUENCE "public"."parking_log_arrival" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "alert_transitions" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"alert_id" integer NOT NULL,
	"kind" "alert_transition_kind" NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor" text NOT NULL,
	"comment" text
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "alerts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"device_id" integer NOT NULL,
	"alert_type" "alert_type" NOT NULL,
	"severity" "alert_severity" NOT NULL,
	"message" text NOT NULL,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_triggered_at" timestamp with time zone NOT NULL,
	"occurrences" integer DEFAULT 1 NOT NULL,
	"normal_readings" smallint DEFAULT 0 NOT NULL,
	"acknowledged_at" timestamp with time zone,
	"acknowledged_by" text,
	"acknowledge_comment" text,
	"resolved_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "closed_telemetry_days" (
	"device_id" integer NOT NULL,
	"day" date NOT NULL,
	"reading_count" integer NOT NULL,
	"last_telemetry_at" timestamp with time zone NOT NULL,
	CONSTRAINT "closed_telemetry_days_device_id_day_pk" PRIMARY KEY("device_id","day")
);
--> statement-breakpoint
CREATE TABLE "device_state" (
	"device_id" integer PRIMARY KEY NOT NULL,
	"zone_id" integer NOT NULL,
	"time_zone" varchar(64) NOT NULL,
	"last_telemetry_at" timestamp with time zone,
	"voltage" double precision,
	"current" double precision,
	"power_factor" double precision,
	"temperature_c" double precision,
	"battery_v" double precision,
	"rssi_dbm" double precision,
	"open_day" date,
	"open_day_readings" integer DEFAULT 0 NOT NULL,
	"last_parking_log_at" timestamp with time zone,
	"last_arrival" bigint,
	"is_occupied" boolean,
	"live_alerts" "alert_type"[] DEFAULT '{}' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "devices" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "devices_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"zone_id" integer NOT NULL,
	"code" varchar(128) NOT NULL,
	"name" varchar(200),
	"offline_after_seconds" integer,
	"high_power_w" double precision,
	"max_current_a" double precision,
	"max_voltage_v" double precision,
	"normal_readings_to_resolve" smallint,
	"reopen_within_seconds" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp with time zone,
	CONSTRAINT "devices_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "facilities" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "facilities_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"code" varchar(128) NOT NULL,
	"name" varchar(200) NOT NULL,
	"time_zone" varchar(64) NOT NULL,
	"address" varchar(500),
	"latitude" double precision,
	"longitude" double precision,
	"offline_after_seconds" integer,
	"high_power_w" double precision,
	"max_current_a" double precision,
	"max_voltage_v" double precision,
	"normal_readings_to_resolve" smallint,
	"reopen_within_seconds" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp with time zone,
	CONSTRAINT "facilities_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "health_snapshots" (
	"device_id" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"health_score" smallint NOT NULL,
	"open_alerts" smallint NOT NULL,
	CONSTRAINT "health_snapshots_device_id_at_pk" PRIMARY KEY("device_id","at")
);
--> statement-breakpoint
CREATE TABLE "parking_days" (
	"device_id" integer NOT NULL,
	"day" date NOT NULL,
	"event_count" integer NOT NULL,
	"last_parking_log_at" timestamp with time zone NOT NULL,
	"last_arrival" bigint NOT NULL,
	"is_occupied" boolean NOT NULL,
	CONSTRAINT "parking_days_device_id_day_pk" PRIMARY KEY("device_id","day")
);
--> statement-breakpoint
CREATE TABLE "parking_logs" (
	"device_id" integer NOT NULL,
	"timestamp" timestamp with time zone NOT NULL,
	"is_occupied" boolean NOT NULL,
	"arrival" bigint DEFAULT nextval('parking_log_arrival') NOT NULL,
	CONSTRAINT "parking_logs_device_id_timestamp_is_occupied_pk" PRIMARY KEY("device_id","timestamp","is_occupied")
) PARTITION BY RANGE ("timestamp");
--> statement-breakpoint
CREATE TABLE "scheduled_jobs" (
	"name" text PRIMARY KEY NOT NULL,
	"last_started_at" timestamp with time zone NOT NULL,
	"last_finished_at" timestamp with time zone,
	"gap_from" timestamp with time zone,
	"gap_to" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "targets" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "targets_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"zone_id" integer,
	"device_id" integer,
	"date" date NOT NULL,
	"target_value" integer NOT NULL,
	CONSTRAINT "targets_one_scope" CHECK (num_nonnulls("targets"."zone_id", "targets"."device_id") = 1),
	CONSTRAINT "targets_not_negative" CHECK ("targets"."target_value" >= 0)
);
--> statement-breakpoint
CREATE TABLE "telemetry" (
	"device_id" integer NOT NULL,
	"timestamp" timestamp with time zone NOT NULL,
	"voltage" double precision NOT NULL,
	"current" double precision NOT NULL,
	"power_factor" double precision,
	"temperature_c" double precision,
	"battery_v" double precision,
	"rssi_dbm" double precision,
	CONSTRAINT "telemetry_device_id_timestamp_pk" PRIMARY KEY("device_id","timestamp")
) PARTITION BY RANGE ("timestamp");
--> statement-breakpoint
CREATE TABLE "zone_hours" (
	"zone_id" integer NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"day" date NOT NULL,
	"event_count" integer NOT NULL,
	CONSTRAINT "zone_hours_zone_id_hour_pk" PRIMARY KEY("zone_id","hour")
);
--> statement-breakpoint
CREATE TABLE "zones" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "zones_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"facility_id" integer NOT NULL,
	"code" varchar(128) NOT NULL,
	"name" varchar(200) NOT NULL,
	"offline_after_seconds" integer,
	"high_power_w" double precision,
	"max_current_a" double precision,
	"max_voltage_v" double precision,
	"normal_readings_to_resolve" smallint,
	"reopen_within_seconds" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "alert_transitions" ADD CONSTRAINT "alert_transitions_alert_id_alerts_id_fk" FOREIGN KEY ("alert_id") REFERENCES "public"."alerts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_device_id_devices_id_fk" FOREIGN KEY ("device_id") REFERENCES "public"."devices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "closed_telemetry_days" ADD CONSTRAINT "closed_telemetry_days_device_id_devices_id_fk" FOREIGN KEY ("device_id") REFERENCES "public"."devices"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device_state" ADD CONSTRAINT "device_state_device_id_devices_id_fk" FOREIGN KEY ("device_id") REFERENCES "public"."devices"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "devices" ADD CONSTRAINT "devices_zone_id_zones_id_fk" FOREIGN KEY ("zone_id") REFERENCES "public"."zones"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "health_snapshots" ADD CONSTRAINT "health_snapshots_device_id_devices_id_fk" FOREIGN KEY ("device_id") REFERENCES "public"."devices"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "parking_days" ADD CONSTRAINT "parking_days_device_id_devices_id_fk" FOREIGN KEY ("device_id") REFERENCES "public"."devices"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "targets" ADD CONSTRAINT "targets_zone_id_zones_id_fk" FOREIGN KEY ("zone_id") REFERENCES "public"."zones"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "targets" ADD CONSTRAINT "targets_device_id_devices_id_fk" FOREIGN KEY ("device_id") REFERENCES "public"."devices"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "zone_hours" ADD CONSTRAINT "zone_hours_zone_id_zones_id_fk" FOREIGN KEY ("zone_id") REFERENCES "public"."zones"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "zones" ADD CONSTRAINT "zones_facility_id_facilities_id_fk" FOREIGN KEY ("facility_id") REFERENCES "public"."facilities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alert_transitions_alert" ON "alert_transitions" USING btree ("alert_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "alerts_one_live_per_device_and_type" ON "alerts" USING btree ("device_id","alert_type") WHERE "alerts"."resolved_at" is null;--> statement-breakpoint
CREATE INDEX "alerts_open" ON "alerts" USING btree ("device_id") WHERE "alerts"."resolved_at" is null and "alerts"."acknowledged_at" is null;--> statement-breakpoint
CREATE INDEX "alerts_newest" ON "alerts" USING btree ("created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "alerts_device_newest" ON "alerts" USING btree ("device_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "alerts_device_resolved" ON "alerts" USING btree ("device_id","resolved_at");--> statement-breakpoint
CREATE INDEX "closed_telemetry_days_day" ON "closed_telemetry_days" USING btree ("day");--> statement-breakpoint
CREATE INDEX "devices_zone" ON "devices" USING btree ("zone_id");--> statement-breakpoint
CREATE INDEX "parking_days_day" ON "parking_days" USING btree ("day");--> statement-breakpoint
CREATE INDEX "parking_logs_timestamp" ON "parking_logs" USING btree ("timestamp","device_id","is_occupied");--> statement-breakpoint
CREATE UNIQUE INDEX "targets_zone_date" ON "targets" USING btree ("zone_id","date") WHERE "targets"."zone_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "targets_device_date" ON "targets" USING btree ("device_id","date") WHERE "targets"."device_id" is not null;--> statement-breakpoint
CREATE INDEX "targets_date" ON "targets" USING btree ("date");--> statement-breakpoint
CREATE INDEX "zone_hours_day" ON "zone_hours" USING btree ("day");--> statement-breakpoint
CREATE UNIQUE INDEX "zones_facility_code" ON "zones" USING btree ("facility_id","code");--> statement-breakpoint
CREATE VIEW "public"."telemetry_days" AS ((select "device_id", "day", "reading_count", "last_telemetry_at" from "closed_telemetry_days") union all (select "device_id", "open_day" as "day", "open_day_readings" as "reading_count", "last_telemetry_at" as "last_telemetry_at" from "device_state" where "device_state"."open_day" is not null));