import path from "node:path";
import { Client } from "./replay/client";
import { readDevicesFile } from "./replay/devices-file";
import { interruption } from "./replay/interruption";
import { EVENTS, type FileKind, TELEMETRY } from "./replay/messages";
import { HELP, parseOptions, type ReplayOptions } from "./replay/options";
import { planEstate } from "./replay/plan";
import { ProgressOutput } from "./replay/progress";
import { defaultRejectsPath, Rejects } from "./replay/rejects";
import { Interrupted, ReplayError } from "./replay/replay-error";
import { closingReport } from "./replay/report";
import { type NamedDevices, scanDevices } from "./replay/scan";
import { sendFile } from "./replay/send-file";
import { setUp } from "./replay/set-up";
import { setUpLines } from "./replay/set-up-lines";
import { newTally, type Tally } from "./replay/tally";

type SourceFile = { path: string; kind: FileKind };

const say = (text: string) => process.stdout.write(`${text}\n`);

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2), process.env);
  if (!options) {
    say(HELP);
    return 0;
  }
  const interrupt = interruption();
  const progress = new ProgressOutput(process.stderr);
  const { url, key, giveUpAfterSeconds } = options;
  const onWait = (why: string) => progress.waiting(why);
  const client = new Client({ url, key, giveUpAfterSeconds, interrupt, onWait });
  const files = filesOf(options);
  if (options.devices) await prepareEstate(client, options.devices, options.timeZone, files);
  return files.length === 0 ? 0 : sendAll(files, options, client, interrupt, progress);
}

function filesOf({ events, telemetry }: ReplayOptions): SourceFile[] {
  return [
    ...(events ? [{ path: events, kind: EVENTS }] : []),
    ...(telemetry ? [{ path: telemetry, kind: TELEMETRY }] : []),
  ];
}

async function prepareEstate(
  client: Client,
  devicesPath: string,
  timeZone: string | undefined,
  files: SourceFile[],
): Promise<void> {
  const listed = await readDevicesFile(devicesPath);
  const named: NamedDevices = new Map();
  for (const file of files) await scanDevices(file.path, file.kind, named);
  const plan = planEstate(listed, named, timeZone);
  for (const line of setUpLines(plan, await setUp(client, plan))) say(line);
}

async function sendAll(
  files: SourceFile[],
  options: ReplayOptions,
  client: Client,
  interrupt: AbortSignal,
  progress: ProgressOutput,
): Promise<number> {
  const rejects = new Rejects(options.rejects ?? defaultRejectsPath(new Date()));
  const batch = { rows: options.batch };
  const startProgress = (name: string, bytes: number) => progress.start(name, bytes);
  const tallies: Tally[] = [];
  try {
    for (const file of files) {
      const tally = newTally(path.basename(file.path));
      tallies.push(tally);
      await sendFile(file.path, file.kind, tally, {
        client,
        batch,
        rejects,
        interrupt,
        startProgress,
      });
    }
    return 0;
  } finally {
    say(`\n${closingReport(tallies, rejects.isEmpty ? null : rejects.path)}`);
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof ReplayError || error instanceof Interrupted)) throw error;
  process.stderr.write(`\n${error.message}\n`);
  process.exitCode = error instanceof Interrupted ? 130 : 1;
}
