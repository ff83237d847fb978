import { parseArgs } from "node:util";
import { RESTARTS, type RestartReport, restartUnderTraffic } from "@/tests/soak/restarts";
import { type SoakLine, soak } from "@/tests/soak/soak";
import { TRAFFIC_KINDS } from "@/tests/support/persistent-sender";

const USAGE = `npm run soak -- [--minutes 8] [--devices 20]
npm run soak -- restarts [--times 30]

The first sends all kinds of traffic while Postgres and the server are killed, and counts every
message against every row. The second restarts Postgres, embedded and external, under each kind of
traffic by itself; the server must go on as the same process. Both on a database of their own.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: "string", default: "8" },
    devices: { type: "string", default: "20" },
    times: { type: "string", default: "30" },
  },
});

const numbers = Object.values(values).map(Number);
if (positionals.join() === "restarts" && numbers.every((n) => n > 0)) await runRestarts();
else if (positionals.length === 0 && numbers.every((n) => n > 0)) await runSoak();
else {
  console.error(USAGE);
  process.exitCode = 2;
}

async function runSoak(): Promise<void> {
  const began = Date.now();
  const report = (line: string) =>
    console.log(`${((Date.now() - began) / 1000).toFixed(0).padStart(5)} s  ${line}`);
  const seconds = Number(values.minutes) * 60;
  const { lines, differences } = await soak({
    seconds,
    devices: Math.ceil(Number(values.devices) / 5),
    report,
  });
  print([{ what: "", sent: "expected", found: "found" }, ...lines]);
  conclude(differences);
}

async function runRestarts(): Promise<void> {
  const differences: string[] = [];
  for (const restart of RESTARTS) {
    for (const traffic of TRAFFIC_KINDS) {
      const options = { restart, traffic: [traffic], times: Number(values.times) };
      const report = await restartUnderTraffic(options).catch(failed);
      console.log(
        `${restart}, ${traffic}: ${report.restarts} restarts, ${report.sent} sent, ${report.stored} stored, ${report.repeated} attempts repeated, ${report.differences.length} differences`,
      );
      differences.push(...report.differences);
    }
  }
  conclude(differences);
}

const failed = (error: Error): RestartReport => ({
  ...{ restarts: 0, sent: 0, stored: 0, repeated: 0 },
  differences: [error.message],
});

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
