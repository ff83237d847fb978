import type { Sql } from "@/db/client";
import { monthOf, PARTITIONED_TABLES, Partitions } from "@/db/partitions";

/** An id that no device gets: identities start at 1. */
const NO_DEVICE = 0;

/** Thrown to take the rows of a trial back. */
class TakenBack extends Error {}

/**
 * Does what a flush does, without leaving a row: makes the month's partitions where they are
 * missing, inserts into both tables, claims room on the disk, and waits for a durable commit.
 * @throws what would keep messages from being stored
 */
export async function tryToStore(sql: Sql): Promise<void> {
  // Its own, so that nothing remembered hides a partition that is gone.
  const partitions = new Partitions(sql);
  for (const table of PARTITIONED_TABLES) await partitions.ensure(table, [monthOf(Date.now())]);
  await sql.begin(async (tx) => {
    await tx.savepoint((rows) => insertAndTakeBack(rows as unknown as Sql)).catch(unlessTakenBack);
    // Something to commit: a transaction that wrote nothing is not waited for.
    await tx`select pg_logical_emit_message(true, 'health', '')`;
  });
}

async function insertAndTakeBack(sql: Sql): Promise<never> {
  await sql`insert into telemetry (device_id, "timestamp", voltage, current)
            values (${NO_DEVICE}, now(), 0, 0)`;
  await sql`insert into parking_logs (device_id, "timestamp", is_occupied)
            values (${NO_DEVICE}, now(), false)`;
  // A row may fit where another was deleted; rows that don't fit into memory need new room.
  await sql`set local work_mem = '64kB'`;
  await sql`
    with filling as materialized (
      select repeat(md5(i::text), 32) as text from generate_series(1, 1000) i
    ) select sum(length(text)) from filling`;
  throw new TakenBack();
}

function unlessTakenBack(error: unknown): void {
  if (!(error instanceof TakenBack)) throw error;
}
