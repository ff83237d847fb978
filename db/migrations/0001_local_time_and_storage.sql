-- Rows that are rewritten on every message: room on the page keeps the rewrite on it (HOT), and
-- an early vacuum keeps the tables small.
ALTER TABLE device_state SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
--> statement-breakpoint
ALTER TABLE closed_telemetry_days SET (fillfactor = 80);
--> statement-breakpoint
ALTER TABLE parking_days SET (fillfactor = 80);
--> statement-breakpoint
ALTER TABLE zone_hours SET (fillfactor = 80);
--> statement-breakpoint
-- The first instant of a local date. Midnight may be missing (the clock jumps over it) or come
-- twice (the clock is set back to it): the earliest instant that bears the date is the one. Null
-- for a date that a time zone skipped. One expression, so that Postgres takes it into the query.
CREATE FUNCTION local_day_start(day date, time_zone text) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT least(
    CASE WHEN (((day::timestamp AT TIME ZONE time_zone) - interval '1 hour') AT TIME ZONE time_zone)::date = day
      THEN (day::timestamp AT TIME ZONE time_zone) - interval '1 hour' END,
    CASE WHEN (((day::timestamp AT TIME ZONE time_zone) - interval '30 minutes') AT TIME ZONE time_zone)::date = day
      THEN (day::timestamp AT TIME ZONE time_zone) - interval '30 minutes' END,
    CASE WHEN ((day::timestamp AT TIME ZONE time_zone) AT TIME ZONE time_zone)::date = day
      THEN day::timestamp AT TIME ZONE time_zone END)
$$;
--> statement-breakpoint
-- The instant at which the hour of a local day began that holds `at`. Hours are counted from the
-- start of the day, so a day has 23, 24 or 25 of them when the clocks change.
CREATE FUNCTION local_hour_start(at timestamptz, time_zone text) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT at - (extract(epoch FROM at - local_day_start((at AT TIME ZONE time_zone)::date, time_zone)) % 3600)::float8
    * interval '1 second'
$$;
--> statement-breakpoint
-- ISO 8601 in local time with its offset, milliseconds only where there are some.
CREATE FUNCTION local_iso(at timestamptz, time_zone text) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
  SELECT to_char(local, 'YYYY-MM-DD"T"HH24:MI:SS')
    || CASE WHEN date_part('milliseconds', local)::numeric % 1000 = 0 THEN '' ELSE to_char(local, '.MS') END
    || CASE WHEN utc_offset < interval '0' THEN '-' || to_char(-utc_offset, 'HH24:MI') ELSE '+' || to_char(utc_offset, 'HH24:MI') END
  FROM (SELECT at AT TIME ZONE time_zone AS local,
               (at AT TIME ZONE time_zone) - (at AT TIME ZONE 'UTC') AS utc_offset) t
$$;
