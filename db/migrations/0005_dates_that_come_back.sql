DROP VIEW "public"."telemetry_days";--> statement-breakpoint
ALTER TABLE "zone_hours" DROP CONSTRAINT "zone_hours_zone_id_hour_pk";--> statement-breakpoint
ALTER TABLE "zone_hours" ADD CONSTRAINT "zone_hours_zone_id_day_hour_pk" PRIMARY KEY("zone_id","day","hour");--> statement-breakpoint
ALTER TABLE "device_state" ADD COLUMN "open_day_last_at" timestamp with time zone;--> statement-breakpoint
CREATE VIEW "public"."telemetry_days" AS ((select "device_id", "day", "reading_count", "last_telemetry_at" from "closed_telemetry_days") union all (select "device_id", "open_day" as "day", "open_day_readings" as "reading_count", "open_day_last_at" as "last_telemetry_at" from "device_state" where "device_state"."open_day" is not null));--> statement-breakpoint
UPDATE device_state SET open_day_last_at = last_telemetry_at WHERE open_day IS NOT NULL;
--> statement-breakpoint
-- The first instant that bears a local date; null for a date that a time zone skipped. It is midnight
-- by the clock as it went before or as it went after, whichever bears the date and comes first. No
-- time zone changes its clocks twice within these four days.
CREATE OR REPLACE FUNCTION local_day_start(day date, time_zone text) RETURNS timestamptz
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
DECLARE
  utc timestamptz := day::timestamp AT TIME ZONE 'UTC';
  earlier timestamptz := utc - ((utc - interval '48 hours') AT TIME ZONE time_zone - (day - 2)::timestamp);
  later timestamptz := utc - ((utc + interval '48 hours') AT TIME ZONE time_zone - (day + 2)::timestamp);
BEGIN
  IF earlier = later THEN RETURN earlier; END IF;
  RETURN least(
    CASE WHEN (earlier AT TIME ZONE time_zone)::date = day THEN earlier END,
    CASE WHEN (later AT TIME ZONE time_zone)::date = day THEN later END);
END
$$;
--> statement-breakpoint
-- The instant after the last one that bears a local date; null for a date that was skipped. Where
-- the clock is set back over midnight that is after the next date has begun.
CREATE FUNCTION local_day_end(day date, time_zone text) RETURNS timestamptz
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
DECLARE
  utc timestamptz := (day + 1)::timestamp AT TIME ZONE 'UTC';
  earlier timestamptz := utc - ((utc - interval '48 hours') AT TIME ZONE time_zone - (day - 1)::timestamp);
  later timestamptz := utc - ((utc + interval '48 hours') AT TIME ZONE time_zone - (day + 3)::timestamp);
  moment interval := interval '1 microsecond';
BEGIN
  IF earlier = later THEN RETURN earlier; END IF;
  RETURN greatest(
    CASE WHEN ((earlier - moment) AT TIME ZONE time_zone)::date = day THEN earlier END,
    CASE WHEN ((later - moment) AT TIME ZONE time_zone)::date = day THEN later END);
END
$$;
--> statement-breakpoint
-- The instant at which the hour of a local day began that holds `at`. Hours are counted from the
-- start of the day, so a day has 23, 24 or 25 of them when the clocks change.
CREATE OR REPLACE FUNCTION local_hour_start(at timestamptz, time_zone text) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT date_bin('1 hour', at, local_day_start((at AT TIME ZONE time_zone)::date, time_zone))
$$;
--> statement-breakpoint
-- What the clock of a local day showed as an hour of it began; null when nothing of the hour bears
-- that date. Of an hour in which the clock is set back over midnight each date has its own part.
CREATE FUNCTION local_hour_clock(hour timestamptz, day date, time_zone text) RETURNS timestamp
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN (hour AT TIME ZONE time_zone)::date = day THEN hour AT TIME ZONE time_zone
    WHEN ((hour + interval '00:59:59.999999') AT TIME ZONE time_zone)::date = day
      THEN ((hour + interval '00:59:59.999999') AT TIME ZONE time_zone) - interval '00:59:59.999999'
  END
$$;
--> statement-breakpoint
DROP FUNCTION local_iso(timestamptz, text);
--> statement-breakpoint
-- ISO 8601 of an instant as a clock showed it, with the offset of that clock; whole seconds.
CREATE FUNCTION local_iso(at timestamptz, clock timestamp) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT to_char(clock, 'YYYY-MM-DD"T"HH24:MI:SS')
    || CASE WHEN clock < (at AT TIME ZONE 'UTC') THEN '-' || to_char((at AT TIME ZONE 'UTC') - clock, 'HH24:MI')
       ELSE '+' || to_char(clock - (at AT TIME ZONE 'UTC'), 'HH24:MI') END
$$;
