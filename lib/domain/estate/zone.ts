import type { z } from "zod";
import { LimitFields } from "../devices/limit-fields";
import { Code, Id, message, plainText } from "../values/fields";
import { Retired } from "./facility";

/** A zone as it is sent. */
export const ZoneMessage = message({
  facility_id: Id,
  code: Code,
  name: plainText(200),
  ...LimitFields,
});
export type ZoneMessage = z.infer<typeof ZoneMessage>;

/** What is to change of a zone; another `facility_id` moves it, with its devices and their history. */
export const ZoneChange = ZoneMessage.partial().extend({ retired: Retired });
export type ZoneChange = z.infer<typeof ZoneChange>;
