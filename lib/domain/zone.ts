import type { z } from "zod";
import { Retired } from "./facility";
import { Code, Id, message, plainText } from "./fields";
import { LimitFields } from "./limit-fields";

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
