import type { LiveDevice } from "@/lib/domain/devices/live";
import { byCode, hasAged, type LiveRow, liveRow } from "./live-row";

/** The list is sorted and filtered again at most this often, however many devices change. */
const LIST_EVERY_MS = 1_000;

/**
 * The devices in view, outside of React: a change of one device draws its row alone, at once; the
 * list as a whole follows a little later.
 */
export class LiveStore {
  private rows = new Map<number, LiveRow>();
  private list: LiveRow[];
  private readonly rowWatchers = new Map<number, Set<() => void>>();
  private readonly listWatchers = new Set<() => void>();
  private listTimer: ReturnType<typeof setTimeout> | null = null;

  /** @param now the server's time, milliseconds since 1970 */
  constructor(devices: LiveDevice[], now: number) {
    this.put(devices.map((device) => liveRow(device, now)));
    this.list = [...this.rows.values()];
  }

  readonly row = (id: number): LiveRow | undefined => this.rows.get(id);

  readonly all = (): LiveRow[] => this.list;

  readonly watchRow = (id: number, watcher: () => void): (() => void) => {
    const watchers = this.rowWatchers.get(id) ?? new Set();
    this.rowWatchers.set(id, watchers.add(watcher));
    return () => {
      watchers.delete(watcher);
      if (watchers.size === 0 && this.rowWatchers.get(id) === watchers) this.rowWatchers.delete(id);
    };
  };

  readonly watchAll = (watcher: () => void): (() => void) => {
    this.listWatchers.add(watcher);
    return () => this.listWatchers.delete(watcher);
  };

  /** Takes over devices as they are now. */
  apply(devices: LiveDevice[], now: number): void {
    let changed = false;
    for (const device of devices) {
      const known = this.rows.get(device.id);
      // Only what is in view changes here: new devices come with the list that is read again.
      if (!known || known.read_at > device.read_at) continue;
      this.change(liveRow(device, now, known));
      changed = true;
    }
    if (changed) this.listSoon();
  }

  /** Takes over the list as it was read; what the stream has told since then stays. */
  replace(devices: LiveDevice[], now: number): void {
    const newest = devices.map((device) => {
      const known = this.rows.get(device.id);
      return liveRow(known && known.read_at > device.read_at ? known : device, now, known);
    });
    this.put(newest);
    for (const id of this.rowWatchers.keys()) this.tellRow(id);
    this.tellList();
  }

  /** Lets time go on: a device may have gone silent. */
  age(now: number): void {
    let aged = false;
    for (const row of this.rows.values()) {
      if (!hasAged(row, now)) continue;
      this.change(liveRow(row, now, row));
      aged = true;
    }
    if (aged) this.listSoon();
  }

  /** Rows are kept in the order of their codes: a list made from them is sorted. */
  private put(rows: LiveRow[]): void {
    this.rows = new Map(rows.sort(byCode).map((row) => [row.id, row]));
  }

  private change(row: LiveRow): void {
    this.rows.set(row.id, row);
    this.tellRow(row.id);
  }

  private tellRow(id: number): void {
    for (const watcher of this.rowWatchers.get(id) ?? []) watcher();
  }

  private listSoon(): void {
    this.listTimer ??= setTimeout(() => this.tellList(), LIST_EVERY_MS);
  }

  private tellList(): void {
    if (this.listTimer) clearTimeout(this.listTimer);
    this.listTimer = null;
    this.list = [...this.rows.values()];
    for (const watcher of this.listWatchers) watcher();
  }
}
