import { sql } from "drizzle-orm";
import type { Connection } from "@/db/client";
import { type FieldErrors, invalidInput } from "@/lib/domain/problem";

/** Ids that a list is filtered by. */
export type PlaceFilter = { facility?: number; zone?: number; device?: number };

/**
 * Refuses filters that name nothing: an empty list would look as if there were no data.
 * @throws Problem 400 that names the parameters
 */
export async function requireKnown(
  db: Connection,
  { facility, zone, device }: PlaceFilter,
): Promise<void> {
  if (facility === undefined && zone === undefined && device === undefined) return;
  const [known] = await db.execute<{ facility: boolean; zone: boolean; device: boolean }>(sql`
    select exists (select from facilities where id = ${facility ?? null}::int) as facility,
           exists (select from zones where id = ${zone ?? null}::int) as zone,
           exists (select from devices where id = ${device ?? null}::int) as device`);
  const errors: FieldErrors = {};
  if (facility !== undefined && !known?.facility) errors.facility = ["No such facility."];
  if (zone !== undefined && !known?.zone) errors.zone = ["No such zone."];
  if (device !== undefined && !known?.device) errors.device = ["No such device."];
  if (Object.keys(errors).length > 0) throw invalidInput(errors);
}
