import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { startEmbeddedPostgres } from "@/db/embedded/embedded-postgres";
import { databaseErrorCode } from "@/db/errors";
import { SYSTEM } from "@/lib/server/context";
import { listFacilities } from "@/lib/server/facilities/read-facilities";
import { rebuildRollups } from "@/lib/server/rollups/rebuild-rollups";
import { runtime } from "@/lib/server/runtime";

/** Recounts state and rollups from the raw rows; a running server need not be stopped for it. */
async function main(): Promise<void> {
  const embedded = process.env.DATABASE_URL ? null : await joinEmbedded();
  if (embedded) process.env.DATABASE_URL = embedded.url;
  const { db, close } = runtime();
  try {
    const context = { db, actor: SYSTEM, now: new Date() };
    const { rows: facilities } = await listFacilities(context, {});
    let total = 0;
    for (const { id, code } of facilities) {
      const corrected = Object.entries(await rebuildRollups(context, { facilityId: id }));
      const found = corrected.filter(([, rows]) => rows > 0);
      total += found.reduce((sum, [, rows]) => sum + rows, 0);
      const tables = found.map(([table, rows]) => `${rows} in ${table}`).join(", ");
      console.log(`${code}: ${tables ? `corrected ${tables}` : "nothing to correct"}`);
    }
    console.log(`${total} rows corrected in ${facilities.length} facilities`);
  } finally {
    await close();
    await embedded?.stop();
  }
}

function joinEmbedded() {
  const directory = fileURLToPath(new URL("../.data", import.meta.url));
  if (!existsSync(directory)) {
    throw new Error("There is no database: set DATABASE_URL, or run `npm start` once.");
  }
  return startEmbeddedPostgres({ directory, report: console.log });
}

main().catch((error: unknown) => {
  console.error(`Nothing more was corrected: ${reasonOf(error)}`);
  process.exitCode = 1;
});

/** What the database said, rather than the statement that it said it about. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return reasonOf(error.cause);
  return error.message || databaseErrorCode(error) || error.name;
}
