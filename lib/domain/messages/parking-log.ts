import { z } from "zod";
import { CodeText, expecting } from "../values/fields";
import { Timestamp } from "./timestamp";

/** One occupied/free event of a bay, as it is sent. */
export const ParkingLogMessage = z.object(
  {
    device_code: CodeText,
    is_occupied: z.boolean(expecting("Must be true or false.")),
    timestamp: Timestamp,
  },
  expecting("Must be an object."),
);
export type ParkingLogMessage = z.infer<typeof ParkingLogMessage>;
