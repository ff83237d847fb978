import { parseArgs } from "node:util";
import { serverUrl, wholeNumber } from "../replay/options";
import { ReplayError, wordsOf } from "../replay/replay-error";
import { DEVICE_FAULTS, FAULTS, type Fault } from "./faults";

/** What a simulation was asked to do. */
export type SimulateOptions = {
  devices: number;
  everyMs: number;
  url: string;
  key?: string;
  facility: string;
  faults: Fault[];
  seconds?: number;
};

const MAX_DEVICES = 200_000;
const UNITS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000 };
const SHORTEST_MS = 100;
const LONGEST_MS = 3_600_000;

export const HELP = `Sends what many devices would send to a running Smart Parking server.

npm run simulate -- [--devices N] [--every TIME] [options]

  --devices N        how many devices, default 100; those that the server does not have are made
  --every TIME       how often each sends a reading, 100ms to 60m, default 10s
  --faults LIST      what goes wrong, separated by commas; each befalls one device in a hundred, at
                     least one, and never two the same:
                       silence      sends one reading and nothing more
                       over-power   draws more than 2,000 W
                       clock-skew   sends besides every reading one from the future (refused) or one
                                    that is ten minutes late (stored, changes nothing)
                       duplicates   sends every reading twice
                       bursts       every sixth time all devices send at the same moment
  --seconds N        stop after N seconds; without it Ctrl-C stops
  --facility CODE    where the devices are, default SIMULATED; made if it is not there. Devices that
                     others made there are left alone
  --url URL          the server, default http://localhost:3000 (or PORT, or SMART_PARKING_URL)
  --key KEY          API key with the scopes ingest, read and manage (or SMART_PARKING_KEY)
  --help             this text

Readings are spread evenly over the time and sent in bulk calls. Cars come and go by the clock of the
facility. A server that is away is waited for. Ends with a table and the number of injected faults.
Exit codes: 0, also after Ctrl-C; 1 stopped with the reason.`;

/**
 * Reads the command line.
 * @param env defaults of url and key: SMART_PARKING_URL or PORT, SMART_PARKING_KEY
 * @returns null when help was asked for
 * @throws ReplayError that names the option at fault
 */
export function parseOptions(
  args: string[],
  env: Record<string, string | undefined>,
): SimulateOptions | null {
  const given = parseCommandLine(args);
  if (given.help) return null;
  for (const [name, value] of Object.entries(given)) {
    if (value === "") throw new ReplayError(`--${name} is empty.`);
  }
  const devices = wholeNumber("devices", given.devices ?? "100", MAX_DEVICES);
  return {
    devices,
    everyMs: interval(given.every ?? "10s"),
    url: serverUrl(given.url ?? (env.SMART_PARKING_URL || `http://localhost:${env.PORT || 3000}`)),
    key: given.key ?? (env.SMART_PARKING_KEY || undefined),
    facility: given.facility ?? "SIMULATED",
    faults: faultsOf(given.faults, devices),
    seconds:
      given.seconds === undefined ? undefined : wholeNumber("seconds", given.seconds, 31_536_000),
  };
}

function parseCommandLine(args: string[]) {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args,
      strict: true,
      allowPositionals: false,
      options: {
        devices: text,
        every: text,
        url: text,
        key: text,
        facility: text,
        faults: text,
        seconds: text,
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    throw new ReplayError(`${wordsOf(error)} (see --help)`);
  }
}

function interval(text: string): number {
  const [, count, unit] = /^(\d{1,6})(ms|s|m)$/.exec(text) ?? [];
  const everyMs = Number(count) * (UNITS[unit ?? ""] ?? Number.NaN);
  if (everyMs >= SHORTEST_MS && everyMs <= LONGEST_MS) return everyMs;
  throw new ReplayError(`--every must be a time from 100ms to 60m such as 10s, not "${text}".`);
}

function faultsOf(text: string | undefined, devices: number): Fault[] {
  if (text === undefined) return [];
  const named = text.split(",").map((name) => name.trim());
  const unknown = named.find((name) => !FAULTS.some((fault) => fault === name));
  if (unknown !== undefined) {
    throw new ReplayError(`--faults: "${unknown}" is none of ${FAULTS.join(", ")}.`);
  }
  const faults = FAULTS.filter((fault) => named.includes(fault));
  const needed = faults.filter((fault) => DEVICE_FAULTS.some((one) => one === fault)).length;
  if (devices < needed) {
    throw new ReplayError(`--devices: these faults need at least ${needed} devices.`);
  }
  return faults;
}
