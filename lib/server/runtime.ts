import { connectDatabase, connectIngest, type Database } from "@/db/client";
import { Partitions } from "@/db/partitions";
import { env } from "@/lib/env";
import { DeviceRegistry } from "@/lib/server/ingest/device-registry";
import { isolatingBadRows, type Outcome } from "@/lib/server/ingest/flush";
import { GroupCommit } from "@/lib/server/ingest/group-commit";
import { type ParkingLogRow, recordParkingLogs } from "@/lib/server/ingest/record-parking-logs";
import { recordTelemetry, type TelemetryRow } from "@/lib/server/ingest/record-telemetry";

/** What lives as long as the process: pools, memory, lanes. */
export type Runtime = {
  db: Database;
  registry: DeviceRegistry;
  partitions: Partitions;
  telemetry: GroupCommit<TelemetryRow, Outcome>;
  parkingLogs: GroupCommit<ParkingLogRow, Outcome>;
  /** Waits for what was submitted, then closes the pools. */
  close(): Promise<void>;
};

const LANE = { maxRowsPerFlush: 1_000, maxWaitingRows: 50_000 };
const KEY = Symbol.for("smart-parking.runtime");
const shared = globalThis as { [KEY]?: Runtime };

/**
 * The process's runtime, made at its first use. Next bundles its own copy of this file, so the one
 * instance hangs on a global symbol: gateway and route handlers share pools, memory and lanes.
 */
export function runtime(): Runtime {
  shared[KEY] ??= createRuntime(env().DATABASE_URL);
  return shared[KEY];
}

/** The process's runtime if anything has needed it yet. */
export function currentRuntime(): Runtime | undefined {
  return shared[KEY];
}

function createRuntime(databaseUrl: string): Runtime {
  const app = connectDatabase(databaseUrl);
  const sql = connectIngest(databaseUrl);
  const partitions = new Partitions(sql);
  const registry = new DeviceRegistry(sql);
  const forget = () => partitions.forget();
  const context = () => ({ sql, partitions, now: Date.now() });
  const telemetry = new GroupCommit(
    isolatingBadRows((rows: TelemetryRow[]) => recordTelemetry(context(), rows), forget),
    LANE,
  );
  const parkingLogs = new GroupCommit(
    isolatingBadRows((rows: ParkingLogRow[]) => recordParkingLogs(context(), rows), forget),
    LANE,
  );
  const close = async () => {
    await Promise.all([telemetry.drain(), parkingLogs.drain()]);
    await registry.stop().catch(() => {});
    await Promise.all([app.sql.end({ timeout: 5 }), sql.end({ timeout: 5 })]);
    if (shared[KEY] === self) delete shared[KEY];
  };
  const self: Runtime = { db: app.db, registry, partitions, telemetry, parkingLogs, close };
  return self;
}
