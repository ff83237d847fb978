import { z } from "zod";
import { Retired, TimeZone } from "./facility";
import { Code, expecting, Id, plainText } from "./fields";
import { LimitFields } from "./limits";

/** A device as it is sent. */
export const DeviceMessage = z.object(
  { zone_id: Id, code: Code, name: plainText(200).nullish(), ...LimitFields },
  expecting("Must be an object."),
);
export type DeviceMessage = z.infer<typeof DeviceMessage>;

/** What is to change of a device; another `zone_id` moves it with its history. */
export const DeviceChange = DeviceMessage.partial().extend({ retired: Retired });
export type DeviceChange = z.infer<typeof DeviceChange>;

const blankIsNone = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema);

const wholeSeconds = z
  .string()
  .regex(/^\d{1,9}$/, "Must be a whole number.")
  .transform(Number)
  .pipe(LimitFields.offline_after_seconds.unwrap().unwrap());

/** A row of a device list (CSV): a device by its code, in a zone and a facility by theirs. */
export const DeviceRow = z.object({
  device_code: blankIsNone(Code),
  zone: blankIsNone(Code),
  facility: blankIsNone(Code),
  name: blankIsNone(plainText(200).optional()),
  offline_after_seconds: blankIsNone(wholeSeconds.optional()),
  zone_name: blankIsNone(plainText(200).optional()),
  facility_name: blankIsNone(plainText(200).optional()),
  time_zone: blankIsNone(TimeZone.optional()),
});
export type DeviceRow = z.infer<typeof DeviceRow>;
