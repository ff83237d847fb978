/**
 * What ingestion must do, told as simply as can be: one request after the other, everything in
 * memory. Tests compare the answers and the database with it.
 */
export type ModelDevice = {
  code: string;
  zone: string;
  timeZone: string;
  highPowerW: number;
  normalReadingsToResolve: number;
};

/** A row as a test sends it, with the field that is wrong with it, if any. */
export type ModelRow = { code: string; timestamp: number; fault?: string } & (
  | { voltage: number; current: number }
  | { isOccupied: boolean }
);

export type ModelAnswer =
  | { status: number; fields: string[] }
  | { status: number; created: number; duplicates: number; errors: [number, string[]][] };

type Life = { occurrences: number; normalReadings: number; live: boolean; timeline: string[] };
type Reading = { voltage: number; current: number };

class DeviceModel {
  readonly readings = new Map<number, Reading>();
  readonly logs: { timestamp: number; isOccupied: boolean }[] = [];
  readonly alerts = new Map<string, Life>();

  constructor(readonly device: ModelDevice) {}

  /** Whether it is new. */
  takeReading(timestamp: number, reading: Reading): boolean {
    if (this.readings.has(timestamp)) return false;
    const late = timestamp < Math.max(...this.readings.keys());
    this.readings.set(timestamp, reading);
    if (!late) this.applyRules(reading);
    return true;
  }

  takeLog(timestamp: number, isOccupied: boolean): boolean {
    const known = this.logs.some((l) => l.timestamp === timestamp && l.isOccupied === isOccupied);
    if (!known) this.logs.push({ timestamp, isOccupied });
    return !known;
  }

  private applyRules({ voltage, current }: Reading): void {
    this.see("high_power", voltage * current > this.device.highPowerW);
    this.see("invalid_data", current > 100 || voltage > 500);
  }

  private see(type: string, breached: boolean): void {
    const life = this.alerts.get(type);
    if (breached && !life) {
      this.alerts.set(type, {
        occurrences: 1,
        normalReadings: 0,
        live: true,
        timeline: ["raised"],
      });
    } else if (breached && life) {
      if (!life.live) life.timeline.push("reopened");
      Object.assign(life, { occurrences: life.occurrences + 1, normalReadings: 0, live: true });
    } else if (life?.live) {
      life.normalReadings += 1;
      if (life.normalReadings < this.device.normalReadingsToResolve) return;
      life.live = false;
      life.timeline.push("resolved");
    }
  }

  /** Of the newest timestamp the log that came last. */
  static newest(logs: { timestamp: number; isOccupied: boolean }[]) {
    return logs.reduce((a, b) => (b.timestamp >= a.timestamp ? b : a));
  }
}

export class SequentialModel {
  readonly devices = new Map<string, DeviceModel>();

  constructor(devices: ModelDevice[]) {
    for (const device of devices) this.devices.set(device.code, new DeviceModel(device));
  }

  /** Takes a request and says how it must be answered. */
  request(rows: ModelRow[], bulk: boolean): ModelAnswer {
    const results = rows.map((row) => this.row(row));
    if (!bulk) {
      const [result] = results;
      if (result === "created") return { status: 201, fields: [] };
      if (result === "duplicate") return { status: 409, fields: ["timestamp"] };
      return { status: 400, fields: result ? [result.fault] : [] };
    }
    const created = results.filter((result) => result === "created").length;
    const errors = results.flatMap((result, i): [number, string[]][] => {
      if (result === "created") return [];
      return [[i, [result === "duplicate" ? "timestamp" : result.fault]]];
    });
    const duplicates = results.filter((result) => result === "duplicate").length;
    return { status: created > 0 ? 201 : 200, created, duplicates, errors };
  }

  private row(row: ModelRow): "created" | "duplicate" | { fault: string } {
    if (row.fault) return { fault: row.fault };
    const device = this.devices.get(row.code);
    if (!device) return { fault: "device_code" };
    const isNew =
      "isOccupied" in row
        ? device.takeLog(row.timestamp, row.isOccupied)
        : device.takeReading(row.timestamp, { voltage: row.voltage, current: row.current });
    return isNew ? "created" : "duplicate";
  }

  /** Everything that the database must hold, in the form of `stored-state.ts`. */
  state() {
    const all = [...this.devices.values()];
    return {
      telemetry: sorted(
        all.flatMap(({ device, readings }) =>
          [...readings].map(([ms, r]) => [device.code, iso(ms), r.voltage, r.current]),
        ),
      ),
      // Per device in order of arrival.
      logs: sorted(
        all.map(({ device, logs }) => [
          device.code,
          ...logs.map((log) => `${iso(log.timestamp)} ${log.isOccupied}`),
        ]),
      ),
      states: sorted(all.map(stateOf)),
      telemetryDays: sorted(all.flatMap(telemetryDaysOf)),
      parkingDays: sorted(all.flatMap(parkingDaysOf)),
      zoneHours: zoneHoursOf(all),
      alerts: sorted(
        all.flatMap(({ device, alerts }) =>
          [...alerts].map(([type, life]) => [
            device.code,
            type,
            life.occurrences,
            life.normalReadings,
            life.live,
            life.timeline.join(" "),
          ]),
        ),
      ),
    };
  }
}

function stateOf({ device, readings, logs, alerts }: DeviceModel) {
  const newestAt = readings.size > 0 ? Math.max(...readings.keys()) : null;
  const reading = newestAt === null ? null : readings.get(newestAt);
  const log = logs.length > 0 ? DeviceModel.newest(logs) : null;
  const live = [...alerts].filter(([, life]) => life.live).map(([type]) => type);
  return [
    device.code,
    newestAt === null ? null : iso(newestAt),
    reading?.voltage ?? null,
    reading?.current ?? null,
    log ? iso(log.timestamp) : null,
    log?.isOccupied ?? null,
    live.sort().join(" "),
  ];
}

function telemetryDaysOf({ device, readings }: DeviceModel) {
  const days = groupBy([...readings.keys()], (ms) => localDay(ms, device.timeZone));
  return [...days].map(([day, times]) => [device.code, day, times.length, iso(Math.max(...times))]);
}

function parkingDaysOf({ device, logs }: DeviceModel) {
  const days = groupBy(logs, (log) => localDay(log.timestamp, device.timeZone));
  return [...days].map(([day, ofDay]) => {
    const last = DeviceModel.newest(ofDay);
    return [device.code, day, ofDay.length, iso(last.timestamp), last.isOccupied];
  });
}

function zoneHoursOf(all: DeviceModel[]) {
  const events = all.flatMap(({ device, logs }) =>
    logs.map(({ timestamp }) => ({ ...device, timestamp })),
  );
  const hours = groupBy(events, ({ zone, timeZone, timestamp }) =>
    JSON.stringify([zone, iso(localHourStart(timestamp, timeZone)), localDay(timestamp, timeZone)]),
  );
  return sorted([...hours].map(([key, events]) => [...JSON.parse(key), events.length]));
}

const iso = (ms: number) => new Date(ms).toISOString();

export const sorted = <T>(rows: T[]): T[] =>
  [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

function groupBy<T>(items: T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function localDay(ms: number, timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(ms);
}

/** True where clocks change by whole hours and on the hour. */
function localHourStart(ms: number, timeZone: string): number {
  const options = { timeZone, minute: "numeric", hour12: false } as const;
  const minute = Number(new Intl.DateTimeFormat("en", options).format(ms));
  return Math.floor(ms / 60_000) * 60_000 - minute * 60_000;
}
