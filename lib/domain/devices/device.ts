import { z } from "zod";
import { Retired, TimeZone } from "../estate/facility";
import { blankIsNone, type ListFormat } from "../values/csv-list";
import { Code, expecting, Id, message, plainText } from "../values/fields";
import { LimitFields } from "./limit-fields";

/** A device as it is sent. */
export const DeviceMessage = message({
  zone_id: Id,
  code: Code,
  name: plainText(200).nullish(),
  ...LimitFields,
});
export type DeviceMessage = z.infer<typeof DeviceMessage>;

/** What is to change of a device; another `zone_id` moves it with its history. */
export const DeviceChange = DeviceMessage.partial().extend({ retired: Retired });
export type DeviceChange = z.infer<typeof DeviceChange>;

/** Devices that are to move into a zone together. */
export const DevicesMove = message({
  device_ids: z
    .array(Id, expecting("Must be a list of ids."))
    .min(1, "Give at least one device.")
    .max(1000, "At most 1,000 devices at once."),
  zone_id: Id,
});
export type DevicesMove = z.infer<typeof DevicesMove>;

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

/** Lists of devices, as they are imported and exported. */
export const DEVICE_LIST: ListFormat<DeviceRow> = {
  row: DeviceRow,
  columns: Object.keys(DeviceRow.shape),
  required: ["device_code", "zone", "facility"],
  aliases: { code: "device_code", zone_code: "zone", facility_code: "facility" },
};
