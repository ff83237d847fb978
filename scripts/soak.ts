import { exec } from "node:child_process";
import { parseArgs, promisify } from "node:util";
import { RESTARTS, type RestartReport, restartUnderTraffic } from "@/tests/soak/restarts";
import { type SoakLine, type SoakResult, soak } from "@/tests/soak/soak";
import { TRAFFIC_KINDS } from "@/tests/support/persistent-sender";

const USAGE = `npm run soak -- [--minutes 8] [--devices 20]
npm run soak -- restarts [--times 30] [--database-url URL --restart-command COMMAND]

The first sends all kinds of traffic while Postgres and the server are killed, and counts every
message against every row. The second restarts Postgres, embedded and external, under each kind of
traffic by itself; the server must go on as the same process. Both on a database of their own; the
second in a database that it makes on your server, if you say how that is restarted.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: "string", default: "8" },
    devices: { type: "string", default: "20" },
    times: { type: "string", default: "30" },
    "database-url": { type: "string" },
    "restart-command": { type: "string" },
  },
});

const url = values["database-url"];
const command = values["restart-command"];
const areNumbers = [values.minutes, values.devices, values.times].every((n) => Number(n) > 0);
const isWhole = (url === undefined) === (command === undefined);
if (positionals.join() === "restarts" && areNumbers && isWhole) await runRestarts();
else if (positionals.length === 0 && areNumbers && !url) await runSoak();
else {
  console.error(USAGE);
  process.exitCode = 2;
}

async function runSoak(): Promise<void> {
  const began = Date.now();
  const report = (line: string) =>
    console.log(`${((Date.now() - began) / 1000).toFixed(0).padStart(5)} s  ${line}`);
  const seconds = Number(values.minutes) * 60;
  const devices = Math.ceil(Number(values.devices) / 5);
  const { lines, differences } = await soak({ seconds, devices, report }).catch(broken);
  print([{ what: "", sent: "expected", found: "found" }, ...lines]);
  conclude(differences);
}

async function runRestarts(): Promise<void> {
  const differences: string[] = [];
  const run = promisify(exec);
  const restart = async () => void (await run(command ?? ""));
  const external = url ? { url, restart } : undefined;
  for (const restart of external ? (["external fast restart"] as const) : RESTARTS) {
    for (const traffic of TRAFFIC_KINDS) {
      const options = { restart, traffic: [traffic], times: Number(values.times), external };
      const report = await restartUnderTraffic(options).catch(failed);
      console.log(
        `${restart}, ${traffic}: ${report.restarts} restarts, ${report.sent} sent, ${report.stored} stored, ${report.repeated} attempts repeated, ${report.differences.length} differences`,
      );
      differences.push(...report.differences);
    }
  }
  conclude(differences);
}

function broken(error: Error): SoakResult {
  return { lines: [], differences: [error.message] };
}

function failed(error: Error): RestartReport {
  return { restarts: 0, sent: 0, stored: 0, repeated: 0, differences: [error.message] };
}

function print(lines: SoakLine[]): void {
  for (const { what, sent, found } of lines) {
    console.log(`${what.padEnd(36)}${String(sent).padStart(12)}${String(found).padStart(12)}`);
  }
}

function conclude(differences: string[]): void {
  for (const difference of differences) console.log(`- ${difference}`);
  console.log(differences.length === 0 ? "No differences." : `${differences.length} differences.`);
  if (differences.length > 0) process.exitCode = 1;
}
