import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { startEmbeddedPostgres } from "@/db/embedded/embedded-postgres";
import { migrateDatabase } from "@/db/migrate";
import { benchBulks } from "@/tests/bench/bulks";
import { benchIngest } from "@/tests/bench/ingest";
import { benchLive } from "@/tests/bench/live";
import { benchPage } from "@/tests/bench/page";
import { benchReads } from "@/tests/bench/reads";

const USAGE = `npm run bench -- ingest [--seconds 5] [--rounds 3] [--connections 64]
npm run bench -- live [--seconds 20] [--clients 500] [--devices 20]
npm run bench -- bulks [--seconds 10]
npm run bench -- page [--seconds 60] [--rate 500]
npm run bench -- reads [--rows 1000000] [--devices 5000] [--times 200] [--beside CHECKOUT]

Measures on a database of its own (DATABASE_URL: an empty database there instead).`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: "string" },
    rounds: { type: "string", default: "3" },
    connections: { type: "string", default: "64" },
    clients: { type: "string", default: "500" },
    devices: { type: "string" },
    rows: { type: "string" },
    times: { type: "string" },
    beside: { type: "string" },
    rate: { type: "string", default: "500" },
  },
});

const number = (text: string | undefined, otherwise: number) => Number(text ?? otherwise);

const BENCHES: Record<string, (databaseUrl: string) => Promise<void>> = {
  ingest: (databaseUrl) =>
    benchIngest(databaseUrl, {
      seconds: number(values.seconds, 5),
      rounds: Number(values.rounds),
      connections: Number(values.connections),
    }),
  live: (databaseUrl) =>
    benchLive(databaseUrl, {
      seconds: number(values.seconds, 20),
      clients: Number(values.clients),
      devices: number(values.devices, 20),
    }),
  bulks: (databaseUrl) => benchBulks(databaseUrl, { seconds: number(values.seconds, 10) }),
  page: (databaseUrl) =>
    benchPage(databaseUrl, {
      seconds: number(values.seconds, 60),
      rate: Number(values.rate),
    }),
  reads: (databaseUrl) =>
    benchReads(databaseUrl, {
      rows: number(values.rows, 1_000_000),
      devices: number(values.devices, 5_000),
      times: number(values.times, 200),
      beside: values.beside,
    }),
};
const chosen = BENCHES[positionals[0] ?? ""];

if (!chosen) {
  console.error(USAGE);
  process.exit(2);
}

if (process.env.DATABASE_URL) {
  await bench(process.env.DATABASE_URL);
} else {
  // Durable as in production: a throwaway server would not wait for the disk.
  const directory = await mkdtemp(path.join(os.tmpdir(), "smart-parking-bench-"));
  const database = await startEmbeddedPostgres({ directory });
  try {
    await bench(database.url);
  } finally {
    await database.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

async function bench(databaseUrl: string): Promise<void> {
  await migrateDatabase(databaseUrl);
  await chosen!(databaseUrl);
}
