import type { Context } from "@/lib/server/context";
import {
  type DeviceStatusRow,
  readDeviceStatuses,
} from "@/lib/server/devices/read-device-statuses";

/**
 * What was last sent about every device in use, so that changes without a notice are found too: silence,
 * which comes with time alone, and changes whose notice was lost.
 */
export class DeviceSweep {
  private sent = new Map<number, string>();
  /** Whether all devices have been read once: before that nothing can be called changed. */
  private primed = false;

  /** Reads these devices. @returns those that differ from what was sent about them */
  async read(context: Context, ids: readonly number[]): Promise<DeviceStatusRow[]> {
    return this.note(await statuses(context, ids), ids);
  }

  /** Reads all devices. @returns those that differ from what was sent about them */
  async readAll(context: Context): Promise<DeviceStatusRow[]> {
    const rows = await statuses(context);
    const changed = this.note(rows, []);
    const known = new Set(rows.map(({ id }) => id));
    for (const id of this.sent.keys()) if (!known.has(id)) this.sent.delete(id);
    const wasPrimed = this.primed;
    this.primed = true;
    return wasPrimed ? changed : [];
  }

  /** Forgets everything: no one listens. */
  forget(): void {
    this.sent = new Map();
    this.primed = false;
  }

  private note(rows: DeviceStatusRow[], asked: readonly number[]): DeviceStatusRow[] {
    const changed = rows.filter((row) => {
      const text = JSON.stringify(row);
      if (this.sent.get(row.id) === text) return false;
      this.sent.set(row.id, text);
      return true;
    });
    if (rows.length < asked.length) {
      const found = new Set(rows.map(({ id }) => id));
      for (const id of asked) if (!found.has(id)) this.sent.delete(id);
    }
    return changed;
  }
}

const statuses = async (context: Context, ids?: readonly number[]) =>
  (await readDeviceStatuses(context, { ids })).rows;
