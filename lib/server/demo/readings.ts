import { localDate, startOfDay } from "./local-days";
import { randomOf } from "./random";
import type { Bay } from "./stays";

/** What is wrong with a device: it sends nothing, draws too much, or measures nonsense. */
export type Trouble = "silent" | "over-power" | "implausible";

/** A bay with a meter in it; `volts` is what its country's grid has. */
export type MeteredBay = Bay & { volts: number };

/** Volts, amperes, °C, dBm. */
export type Measured = {
  voltage: number;
  current: number;
  powerFactor: number;
  temperatureC: number;
  rssiDbm: number;
};

const DAY_MS = 86_400_000;
/** Bays with a charging point: what a car draws there stays well below 2,000 W. */
const CHARGING_SHARE = 0.25;
const IMPLAUSIBLE_VOLTS = 612;

/**
 * What a bay's device measures at an instant (ms since 1970): its own consumption and, in a bay
 * with a charging point, what the car there draws. The same for the same bay and instant.
 */
export function measuredAt(
  bay: MeteredBay,
  at: number,
  { isOccupied, trouble }: { isOccupied: boolean; trouble: Trouble | null },
): Measured {
  const random = randomOf(bay.code, at);
  const nature = randomOf(bay.code, "nature");
  const [charges, distance] = [nature() < CHARGING_SHARE, nature()];
  const turn = 2 * Math.PI * timeOfDay(bay, at);
  const swing = 0.012 * Math.sin(turn) + 0.01 * (random() - 0.5);
  const voltage =
    trouble === "implausible" ? IMPLAUSIBLE_VOLTS + 30 * random() : bay.volts * (1 + swing);
  const own = isOccupied ? 62 : 45;
  const drawn =
    trouble === "over-power"
      ? 2_250 + 350 * random()
      : own + 12 * random() + (isOccupied && charges ? 1_280 + 120 * random() : 0);
  return {
    voltage: rounded(voltage, 10),
    current: rounded(drawn / voltage, 100),
    powerFactor: rounded(0.92 + 0.06 * random(), 100),
    temperatureC: rounded(15 - 6 * Math.cos(turn - 0.8) + random(), 10),
    rssiDbm: Math.round(-62 - 24 * distance - 5 * random()),
  };
}

/** How much of the local day has passed, 0 to 1. */
function timeOfDay({ timeZone }: Bay, at: number): number {
  return (at - startOfDay(timeZone, localDate(timeZone, at))) / DAY_MS;
}

const rounded = (value: number, parts: number) => Math.round(value * parts) / parts;
