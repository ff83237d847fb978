import { parseArgs } from "node:util";
import { TimeZone } from "@/lib/domain/estate/facility";
import { ReplayError, wordsOf } from "./replay-error";

/** What a replay was asked to do. */
export type ReplayOptions = {
  devices?: string;
  events?: string;
  telemetry?: string;
  url: string;
  key?: string;
  timeZone?: string;
  batch: number;
  rejects?: string;
  giveUpAfterSeconds?: number;
};

/** Rows that the server takes in one bulk call. */
const MAX_BATCH = 10_000;

export const HELP = `Sends CSV files of parking events and telemetry to a running Smart Parking server.

npm run replay -- [--devices FILE] [--events FILE] [--telemetry FILE] [options]

Files are CSV in UTF-8 with a header line, plain or gzip. Other columns are ignored.
  --devices FILE     device_code,zone,facility[,time_zone][,name]: facilities, zones and devices
                     that the server does not have are created first; so are devices that only
                     occur in the other files, in the facility "Unassigned"
  --events FILE      device_code,is_occupied,timestamp
  --telemetry FILE   device_code,timestamp,voltage,current[,power_factor][,temperature_c]
                     [,battery_v][,rssi_dbm]

Options
  --url URL          the server, default http://localhost:3000 (or PORT, or SMART_PARKING_URL)
  --key KEY          API key, sent as Authorization: Bearer (or SMART_PARKING_KEY)
  --time-zone ZONE   IANA time zone of facilities that are created; without it a facility gets
                     the offset that all its timestamps bear, else UTC
  --batch N          rows per request, 1 to ${MAX_BATCH}, default 1000
  --rejects FILE     where refused rows go, default replay-rejects-<time>.csv in this folder; rows
                     are numbered from 1, the header not counted
  --give-up-after S  stop when the server has been away for S seconds; without it replay waits,
                     once the server has answered for the first time
  --help             this text

Exit codes: 0 every row has its answer, 1 stopped with the reason, 130 stopped by Ctrl-C.
Sending a file again is safe: rows that are stored already come back as duplicates.`;

/**
 * Reads the command line.
 * @param env defaults of url and key: SMART_PARKING_URL or PORT, SMART_PARKING_KEY
 * @returns null when help was asked for
 * @throws ReplayError that names the option at fault
 */
export function parseOptions(
  args: string[],
  env: Record<string, string | undefined>,
): ReplayOptions | null {
  const given = parseCommandLine(args);
  if (given.help) return null;
  for (const [name, value] of Object.entries(given)) {
    if (value === "") throw new ReplayError(`--${name} is empty.`);
  }
  if (!given.devices && !given.events && !given.telemetry) {
    throw new ReplayError("Nothing to do: give --events, --telemetry or --devices (see --help).");
  }
  return {
    devices: given.devices,
    events: given.events,
    telemetry: given.telemetry,
    url: serverUrl(given.url ?? (env.SMART_PARKING_URL || `http://localhost:${env.PORT || 3000}`)),
    key: given.key ?? (env.SMART_PARKING_KEY || undefined),
    timeZone: given["time-zone"] === undefined ? undefined : knownZone(given["time-zone"]),
    batch: wholeNumber("batch", given.batch ?? "1000", MAX_BATCH),
    rejects: given.rejects,
    giveUpAfterSeconds:
      given["give-up-after"] === undefined
        ? undefined
        : wholeNumber("give-up-after", given["give-up-after"], 31_536_000),
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
        events: text,
        telemetry: text,
        url: text,
        key: text,
        "time-zone": text,
        batch: text,
        rejects: text,
        "give-up-after": text,
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    throw new ReplayError(`${wordsOf(error)} (see --help)`);
  }
}

/** The address of a server, with a slash at its end. @throws ReplayError */
export function serverUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new ReplayError(`--url must be an http or https address, not "${text}".`);
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new ReplayError("--url must hold neither credentials nor a query; use --key.");
  }
  return url.href.endsWith("/") ? url.href : `${url.href}/`;
}

function knownZone(zone: string): string {
  if (TimeZone.safeParse(zone).success) return zone;
  throw new ReplayError(`--time-zone must be an IANA time zone, not "${zone}".`);
}

/** An option's value from 1 to `max`. @throws ReplayError that names the option */
export function wholeNumber(option: string, text: string, max: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > max) {
    throw new ReplayError(`--${option} must be a whole number from 1 to ${max}, not "${text}".`);
  }
  return value;
}
