import { sql } from "drizzle-orm";
import type { Connection } from "@/db/client";
import { violatedUnique } from "@/db/errors";
import { conflict, type FieldErrors } from "@/lib/domain/values/problem";
import type { Context } from "@/lib/server/context";
import { log } from "@/lib/server/log";
import { REGISTRY_CHANNEL, type RegistryChange } from "@/lib/server/notices/channels";
import { currentRuntime } from "@/lib/server/runtime";

/** Any fixed number; migrations lock another one. */
const ESTATE_LOCK = 7_203_115;

const TAKEN: Record<string, FieldErrors> = {
  facilities_code_unique: { code: ["Another facility has this code."] },
  zones_facility_code: { code: ["Another zone of the facility has this code."] },
  devices_code_unique: { code: ["Another device has this code."] },
  targets_zone_date: { date: ["The zone has another target on this date."] },
  targets_device_date: { date: ["The device has another target on this date."] },
};

/**
 * Runs a change of facilities, zones, devices or targets in one transaction. `add` goes along with
 * other additions, `rearrange` alone: what lies where can't change under either. The lock comes
 * before every other one; ingestion, which starts with `device_state`, never takes it.
 * @throws Problem 409 that names the field when something else has its code or date
 */
export async function changeEstate<T>(
  { db, ...context }: Context,
  kind: "add" | "rearrange",
  work: (context: Context) => Promise<T>,
): Promise<T> {
  const lock = kind === "add" ? sql`pg_advisory_xact_lock_shared` : sql`pg_advisory_xact_lock`;
  try {
    const changes: RegistryChange[] = [];
    const result = await db.transaction(async (tx) => {
      announcements.set(tx, changes);
      await tx.execute(sql`select ${lock}(${ESTATE_LOCK})`);
      return work({ ...context, db: tx });
    });
    await rememberHere(changes);
    return result;
  } catch (error) {
    const taken = TAKEN[violatedUnique(error) ?? ""];
    if (!taken) throw error;
    throw conflict(Object.values(taken).flat().join(" "), taken);
  }
}

/** What the transactions under way will have changed. */
const announcements = new WeakMap<Connection, RegistryChange[]>();

/** Tells every process, once this transaction is committed, which devices to read again. */
export async function announce(db: Connection, change: RegistryChange): Promise<void> {
  announcements.get(db)?.push(change);
  await db.execute(sql`select pg_notify(${REGISTRY_CHANNEL}, ${change})`);
}

/**
 * The process that answers a change knows of it when it answers; the others hear of it a moment
 * later. When that fails the change stands all the same, and this process hears of it like them.
 */
async function rememberHere(changes: RegistryChange[]): Promise<void> {
  const registry = currentRuntime()?.registry;
  if (!registry) return;
  await Promise.all(changes.map((change) => registry.refresh(change))).catch((error) =>
    log().warn({ err: error }, "devices not read anew"),
  );
}

/** Whether an update would set anything at all; fields left out are undefined. */
export function setsSomething(values: Record<string, unknown>): boolean {
  return Object.values(values).some((value) => value !== undefined);
}

/** When something is retired: now, as before, or not at all. Undefined leaves it as it is. */
export function retiredAt(wanted: boolean | undefined, isRetired: boolean, now: Date) {
  if (wanted === undefined || wanted === isRetired) return undefined;
  return wanted ? now : null;
}
