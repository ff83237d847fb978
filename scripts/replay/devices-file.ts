import { z } from "zod";
import { TimeZone } from "@/lib/domain/estate/facility";
import { Code, fieldErrors, plainText } from "@/lib/domain/values/fields";
import { type CsvRow, openCsv } from "./csv-source";
import { findColumns } from "./messages";
import { ReplayError } from "./replay-error";

const ListedDevice = z.object({
  device_code: Code,
  zone: Code,
  facility: Code,
  time_zone: TimeZone.optional(),
  name: plainText(200).optional(),
});

/** A device as the devices file places it. */
export type ListedDevice = z.infer<typeof ListedDevice>;

const REQUIRED = ["device_code", "zone", "facility"];

/**
 * Reads the devices file: device_code, zone, facility and perhaps time_zone and name.
 * @throws ReplayError that names the row when one is incomplete or contradicts another
 */
export async function readDevicesFile(path: string): Promise<ListedDevice[]> {
  const file = await openCsv(path);
  try {
    const columns = findColumns(path, file.header, Object.keys(ListedDevice.shape), REQUIRED);
    const devices = new Map<string, ListedDevice>();
    const zones = new Map<string, string>();
    for await (const rows of file.pieces) {
      for (const row of rows) {
        const device = deviceOf(row, columns, path);
        const fault = contradiction(device, devices, zones);
        if (fault) throw new ReplayError(`${path}, row ${row.number}: ${fault}`);
        if (!devices.has(device.device_code)) devices.set(device.device_code, device);
        if (device.time_zone) zones.set(device.facility, device.time_zone);
      }
    }
    return [...devices.values()];
  } finally {
    await file.close();
  }
}

function deviceOf(row: CsvRow, columns: Map<string, number>, path: string): ListedDevice {
  const cells = [...columns].map(([name, at]) => [name, row.cells[at]?.trim() ?? ""]);
  const filled = cells.filter(([name, text]) => text !== "" || REQUIRED.includes(name as string));
  const device = ListedDevice.safeParse(Object.fromEntries(filled));
  if (device.success) return device.data;
  const faults = Object.entries(fieldErrors(device.error)).map(
    ([field, texts]) => `${field}: ${texts.join(" ")}`,
  );
  throw new ReplayError(`${path}, row ${row.number}: ${faults.join("; ")}`);
}

function contradiction(
  device: ListedDevice,
  devices: Map<string, ListedDevice>,
  zones: Map<string, string>,
): string | null {
  const { device_code: code, facility, time_zone: timeZone } = device;
  const earlier = devices.get(code);
  if (earlier && (earlier.zone !== device.zone || earlier.facility !== facility)) {
    return `${code} is in ${earlier.facility}, ${earlier.zone} further up.`;
  }
  const zone = zones.get(facility);
  if (timeZone && zone && zone !== timeZone) {
    return `${facility} has the time zone ${zone} further up.`;
  }
  return null;
}
