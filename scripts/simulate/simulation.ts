import { type MeteredBay, measuredAt, type Trouble } from "@/lib/server/demo/readings";
import type { BayEvent } from "@/lib/server/demo/stays";
import { BayLife } from "./bay-life";
import { Rounds } from "./rounds";

export type ReadingBody = {
  device_code: string;
  timestamp: string;
  voltage: number;
  current: number;
  power_factor: number;
  temperature_c: number;
  rssi_dbm: number;
};
export type EventBody = { device_code: string; timestamp: string; is_occupied: boolean };
export type Messages = { readings: ReadingBody[]; events: EventBody[] };

/** How devices behave beside measuring and telling what happens. */
export type Conduct = {
  /** Errors with a device at its turn. */
  trouble(device: number, at: number, round: number): Trouble | null;
  /** What a device sends besides a reading, a moment later. */
  besides?(device: number, round: number, reading: ReadingBody): ReadingBody[];
  isBurst?(round: number): boolean;
};

/** A bay with a device, and since when what happens there is to be told (ms since 1970). */
export type SimulatedBay = MeteredBay & { toldUntil: number };

const iso = (timestamp: number) => new Date(timestamp).toISOString();

/** Many devices that measure, and whose bays cars come to and leave. */
export class Simulation {
  private readonly lives: BayLife[];
  private readonly rounds: Rounds;
  private later: ReadingBody[] = [];

  constructor(
    private readonly bays: SimulatedBay[],
    private readonly conduct: Conduct,
    { everyMs, startsAt }: { everyMs: number; startsAt: number },
  ) {
    this.lives = bays.map((bay) => new BayLife(bay, bay.toldUntil));
    const isBurst = (round: number) => conduct.isBurst?.(round) ?? false;
    this.rounds = new Rounds({ devices: bays.length, everyMs, startsAt, isBurst });
  }

  /** What the devices have sent since the last call. */
  messagesUntil(now: number): Messages {
    const readings = this.later;
    this.later = [];
    const events: EventBody[] = [];
    for (const { device, at, round } of this.rounds.due(now)) {
      const trouble = this.conduct.trouble(device, at, round);
      const [bay, life] = [this.bays[device], this.lives[device]];
      if (trouble === "silent" || !bay || !life) continue;
      for (const event of life.until(at)) events.push(eventBody(bay, event));
      const reading = readingBody(bay, at, life.isOccupied, trouble);
      readings.push(reading);
      this.later.push(...(this.conduct.besides?.(device, round, reading) ?? []));
    }
    return { readings, events };
  }

  /** What is still to be sent once no device gets another turn. */
  rest(): Messages {
    return { readings: this.later.splice(0), events: [] };
  }
}

export function eventBody({ code }: { code: string }, event: BayEvent): EventBody {
  const { timestamp, isOccupied } = event;
  return { device_code: code, timestamp: iso(timestamp), is_occupied: isOccupied };
}

function readingBody(
  bay: SimulatedBay,
  at: number,
  isOccupied: boolean,
  trouble: Trouble | null,
): ReadingBody {
  const measured = measuredAt(bay, at, { isOccupied, trouble });
  return {
    device_code: bay.code,
    timestamp: iso(at),
    voltage: measured.voltage,
    current: measured.current,
    power_factor: measured.powerFactor,
    temperature_c: measured.temperatureC,
    rssi_dbm: measured.rssiDbm,
  };
}
