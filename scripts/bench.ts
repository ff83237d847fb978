import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { startEmbeddedPostgres } from "@/db/embedded/embedded-postgres";
import { migrateDatabase } from "@/db/migrate";
import { benchIngest } from "@/tests/bench/ingest";

const USAGE = `npm run bench -- ingest [--seconds 5] [--rounds 3] [--connections 64]

Measures on a database of its own (DATABASE_URL: an empty database there instead).`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: "string", default: "5" },
    rounds: { type: "string", default: "3" },
    connections: { type: "string", default: "64" },
  },
});

if (positionals[0] !== "ingest") {
  console.error(USAGE);
  process.exit(2);
}

const options = {
  seconds: Number(values.seconds),
  rounds: Number(values.rounds),
  connections: Number(values.connections),
};

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
  await benchIngest(databaseUrl, options);
}
