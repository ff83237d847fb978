import { sql } from "drizzle-orm";
import { conflict } from "@/lib/domain/values/problem";
import type { Context } from "@/lib/server/context";
import { announce, changeEstate } from "@/lib/server/estate/change-estate";
import { findDemo } from "./find-demo";

/** Every table with history of devices that does not go with the device itself. */
const HISTORY = ["telemetry", "parking_logs", "alerts"];

/**
 * Takes away what an interrupted making of the demo has left. Operators can't delete history; this
 * does, so it looks once more whether the database holds nothing else.
 * @throws Problem 409 when it does, or when the demo is finished
 */
export async function removeUnfinishedDemo(context: Context): Promise<void> {
  await changeEstate(context, "rearrange", async ({ db }) => {
    const state = await findDemo({ db });
    if (state.kind !== "unfinished") throw conflict("There is no unfinished demo to remove.");
    for (const table of HISTORY) {
      await db.execute(sql`
        delete from ${sql.identifier(table)} where device_id in (select id from devices)`);
    }
    for (const table of ["devices", "zones", "facilities"]) {
      await db.execute(sql`delete from ${sql.identifier(table)}`);
    }
    await announce(db, "all");
  });
}
