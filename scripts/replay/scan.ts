import { Code } from "@/lib/domain/values/fields";
import { openCsv } from "./csv-source";
import { type FileKind, findColumns } from "./messages";
import { offsetMinutesOf } from "./time-zone";

/** The devices that files name, each with the offsets of its timestamps in minutes ahead of UTC. */
export type NamedDevices = Map<string, Set<number>>;

/**
 * Reads a file for the devices that it names; texts that can be no device's code are left out.
 * @throws ReplayError when it can't be read or lacks a column
 */
export async function scanDevices(
  path: string,
  kind: FileKind,
  devices: NamedDevices,
): Promise<void> {
  const file = await openCsv(path);
  try {
    const columns = findColumns(path, file.header, ["device_code", "timestamp"], kind.required);
    const codeAt = columns.get("device_code") as number;
    const timestampAt = columns.get("timestamp") as number;
    for await (const rows of file.pieces) {
      for (const { cells } of rows) {
        const code = Code.safeParse(cells[codeAt]);
        if (!code.success) continue;
        const offsets = devices.get(code.data) ?? new Set();
        devices.set(code.data, offsets);
        const offset = offsetMinutesOf(cells[timestampAt] ?? "");
        if (offset !== null) offsets.add(offset);
      }
    }
  } finally {
    await file.close();
  }
}
