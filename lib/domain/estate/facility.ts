import { z } from "zod";
import { LimitFields } from "../devices/limit-fields";
import { Code, expecting, finiteNumber, message, plainText } from "../values/fields";

const UNKNOWN_TIME_ZONE = "No such time zone; send an IANA name such as Europe/Berlin.";

/** IANA name of a time zone, as given. Postgres has to know it too, which the verbs ask. */
export const TimeZone = plainText(64).refine(isTimeZone, UNKNOWN_TIME_ZONE);
export const unknownTimeZone = { time_zone: [UNKNOWN_TIME_ZONE] };

function isTimeZone(name: string): boolean {
  // Intl also takes offsets such as +08:00, which follow no change of the clocks.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const degrees = (limit: number) =>
  finiteNumber().min(-limit, `At least -${limit}.`).max(limit, `At most ${limit}.`).nullish();

/** Whether something is out of use, its history kept. */
export const Retired = z.boolean(expecting("Must be true or false.")).optional();

/** A facility as it is sent; latitude and longitude in degrees. */
export const FacilityMessage = message({
  code: Code,
  name: plainText(200),
  time_zone: TimeZone,
  address: plainText(500).nullish(),
  latitude: degrees(90),
  longitude: degrees(180),
  ...LimitFields,
});
export type FacilityMessage = z.infer<typeof FacilityMessage>;

/** What is to change of a facility; fields left out stay, null clears an optional one. */
export const FacilityChange = FacilityMessage.partial().extend({ retired: Retired });
export type FacilityChange = z.infer<typeof FacilityChange>;
