import type { z } from "zod";
import { type Reach, reaches } from "@/lib/domain/access/reach";
import { ParkingLogMessage } from "@/lib/domain/messages/parking-log";
import { TelemetryMessage } from "@/lib/domain/messages/telemetry";
import { timestampError } from "@/lib/domain/messages/timestamp";
import { fieldErrors } from "@/lib/domain/values/fields";
import type { FieldErrors } from "@/lib/domain/values/problem";
import type { Runtime } from "@/lib/server/runtime";
import type { DeviceRegistry, RegisteredDevice } from "./device-registry";
import type { GroupCommit } from "./group-commit";
import type { IngestRow, Outcome } from "./ingest-row";
import type { ParkingLogRow } from "./record-parking-logs";
import type { TelemetryRow } from "./record-telemetry";

/** What every message says. */
export type Message = { device_code: string; timestamp: number };

/** One kind of message that devices send: how it is checked, stored and answered. */
export type IngestCall<M extends Message, Row extends IngestRow> = {
  message: z.ZodType<M>;
  row(message: M, device: RegisteredDevice): Row;
  lane(runtime: Runtime): GroupCommit<Row, Outcome>;
  /** Body of the 201 answer; the id is opaque and derived from the row's identity. */
  echo(row: Row): Record<string, unknown>;
};

const iso = (timestamp: number) => new Date(timestamp).toISOString();
const opaqueId = (...parts: (string | number)[]) =>
  parts.map((part) => (typeof part === "number" ? part.toString(36) : part)).join("-");

export const telemetryCall: IngestCall<TelemetryMessage, TelemetryRow> = {
  message: TelemetryMessage,
  lane: (runtime) => runtime.telemetry,
  row: (message, device) => ({
    device,
    timestamp: message.timestamp,
    voltage: message.voltage,
    current: message.current,
    powerFactor: message.power_factor ?? null,
    temperatureC: message.temperature_c ?? null,
    batteryV: message.battery_v ?? null,
    rssiDbm: message.rssi_dbm ?? null,
  }),
  echo: ({ device, timestamp }) => ({
    id: opaqueId("t", device.id, timestamp),
    device_code: device.code,
    timestamp: iso(timestamp),
  }),
};

export const parkingLogCall: IngestCall<ParkingLogMessage, ParkingLogRow> = {
  message: ParkingLogMessage,
  lane: (runtime) => runtime.parkingLogs,
  row: (message, device) => ({
    device,
    timestamp: message.timestamp,
    isOccupied: message.is_occupied,
  }),
  echo: ({ device, timestamp, isOccupied }) => ({
    id: opaqueId("p", device.id, timestamp, isOccupied ? "o" : "f"),
    device_code: device.code,
    is_occupied: isOccupied,
    timestamp: iso(timestamp),
  }),
};

/** A row that can be stored, or what is wrong with it by field. */
export type Checked<Row> =
  | { row: Row; errors?: undefined }
  | { row?: undefined; errors: FieldErrors };

/**
 * Checks messages against schema, clock and the devices within reach, and reports all that is wrong with each.
 * @param now milliseconds since 1970
 * @throws when an unknown code has to be looked up and the database is away
 */
export async function checkMessages<M extends Message, Row extends IngestRow>(
  call: IngestCall<M, Row>,
  inputs: unknown[],
  { registry, reach, now }: { registry: DeviceRegistry; reach: Reach; now: number },
): Promise<Checked<Row>[]> {
  const parsed = inputs.map((input) => call.message.safeParse(input));
  const codes = parsed.map((result, i) =>
    result.success ? result.data.device_code : codeOf(inputs[i]),
  );
  // Memory may be a moment behind another process: no one is refused on its word alone.
  const doubtful = codes.filter(
    (code) => code !== null && deviceError(registry.get(code), reach) !== null,
  );
  await registry.lookUp([...new Set(doubtful as string[])]);
  return parsed.map((result, i) => {
    const errors: FieldErrors = result.success ? {} : fieldErrors(result.error);
    const code = codes[i] ?? null;
    const device = code === null ? undefined : registry.get(code);
    const deviceFault = code === null ? null : deviceError(device, reach);
    if (deviceFault && !errors.device_code) errors.device_code = [deviceFault];
    const timestamp = result.success ? result.data.timestamp : timestampOf(inputs[i]);
    const timeFault = timestamp === null ? null : timestampError(timestamp, now);
    if (timeFault) errors.timestamp = [timeFault];
    if (!result.success || !device || Object.keys(errors).length > 0) return { errors };
    return { row: call.row(result.data, device) };
  });
}

export const DEVICE_NOT_FOUND = "Device not found.";

/** A device out of reach is answered as one that does not exist, after the same look-up. */
function deviceError(device: RegisteredDevice | undefined, reach: Reach): string | null {
  if (!device || !reaches(reach, device)) return DEVICE_NOT_FOUND;
  return device.retired ? "Device is retired." : null;
}

/** A message that is otherwise malformed may still have its device and its time checked. */
const codeOf = (input: unknown) =>
  fieldOf(input, TelemetryMessage.shape.device_code, "device_code");
const timestampOf = (input: unknown) =>
  fieldOf(input, TelemetryMessage.shape.timestamp, "timestamp");

function fieldOf<T>(input: unknown, schema: z.ZodType<T>, name: string): T | null {
  if (typeof input !== "object" || input === null) return null;
  const field = schema.safeParse((input as Record<string, unknown>)[name]);
  return field.success ? field.data : null;
}
