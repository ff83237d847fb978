ALTER TYPE "public"."alert_transition_kind" ADD VALUE 'unacknowledged';--> statement-breakpoint
ALTER TABLE "device_state" ADD COLUMN "occupancy_since" timestamp with time zone;--> statement-breakpoint
-- Since when a device has been in the state of its newest parking log: the first log of that state
-- after the last one of the other. Logs of one timestamp are ordered by their arrival.
CREATE FUNCTION occupancy_since(device integer, occupied boolean) RETURNS timestamptz
LANGUAGE sql STABLE AS $$
  SELECT l."timestamp" FROM parking_logs l
  LEFT JOIN LATERAL (
    SELECT o."timestamp", o.arrival FROM parking_logs o
    WHERE o.device_id = device AND o.is_occupied <> occupied
    ORDER BY o."timestamp" DESC, o.arrival DESC LIMIT 1
  ) other ON true
  WHERE l.device_id = device AND l.is_occupied = occupied
    AND (other."timestamp" IS NULL OR (l."timestamp", l.arrival) > (other."timestamp", other.arrival))
  ORDER BY l."timestamp" LIMIT 1
$$;
--> statement-breakpoint
UPDATE device_state SET occupancy_since = occupancy_since(device_id, is_occupied) WHERE is_occupied IS NOT NULL;
