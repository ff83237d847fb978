import { z } from "zod";
import { Retired } from "./facility";
import { Code, expecting, Id, plainText } from "./fields";
import { LimitFields } from "./limit-fields";

/** A zone as it is sent. */
export const ZoneMessage = z.object(
  { facility_id: Id, code: Code, name: plainText(200), ...LimitFields },
  expecting("Must be an object."),
);
export type ZoneMessage = z.infer<typeof ZoneMessage>;

/** What is to change of a zone; another `facility_id` moves it, with its devices and their history. */
export const ZoneChange = ZoneMessage.partial().extend({ retired: Retired });
export type ZoneChange = z.infer<typeof ZoneChange>;
