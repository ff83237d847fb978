import { z } from "zod";
import { CodeText, expecting, finiteNumber, notNegative } from "../values/fields";
import { Timestamp } from "./timestamp";

/** One electrical reading of a device, as it is sent. Volts, amperes, °C, dBm. */
export const TelemetryMessage = z.object(
  {
    device_code: CodeText,
    timestamp: Timestamp,
    voltage: notNegative(),
    current: notNegative(),
    power_factor: notNegative().max(1, "Must be at most 1.").nullish(),
    temperature_c: finiteNumber().nullish(),
    battery_v: finiteNumber().nullish(),
    rssi_dbm: finiteNumber().nullish(),
  },
  expecting("Must be an object."),
);
export type TelemetryMessage = z.infer<typeof TelemetryMessage>;
