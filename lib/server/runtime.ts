import { connectDatabase, connectIngest, type Database } from "@/db/client";
import { Partitions } from "@/db/partitions";
import { type Env, env } from "@/lib/env";
import { WritePath } from "@/lib/server/health/write-path";
import { ChangedDevices } from "@/lib/server/ingest/changed-devices";
import { DeviceRegistry } from "@/lib/server/ingest/device-registry";
import { GroupCommit } from "@/lib/server/ingest/group-commit";
import type { IngestRow, Outcome } from "@/lib/server/ingest/ingest-row";
import { isolatingBadRows } from "@/lib/server/ingest/isolate-rows";
import { type ParkingLogRow, recordParkingLogs } from "@/lib/server/ingest/record-parking-logs";
import { recordTelemetry, type TelemetryRow } from "@/lib/server/ingest/record-telemetry";
import { KeyMemory } from "@/lib/server/keys/key-memory";
import { BodyBudget } from "@/lib/server/limits/body-budget";
import { RateLimits, type RateQuotas } from "@/lib/server/limits/rate-limits";
import { Turns } from "@/lib/server/limits/turns";
import { LiveHub } from "@/lib/server/live/live-hub";
import { LiveStreams } from "@/lib/server/live/live-streams";
import { heldCredentials } from "@/lib/server/sessions/held-credentials";

/** What lives as long as the process: pools, memory, lanes. */
export type Runtime = {
  db: Database;
  registry: DeviceRegistry;
  keys: KeyMemory;
  limits: RateLimits;
  bodies: BodyBudget;
  /** Whose bulk is checked next. */
  turns: Turns;
  partitions: Partitions;
  telemetry: GroupCommit<TelemetryRow, Outcome>;
  parkingLogs: GroupCommit<ParkingLogRow, Outcome>;
  streams: LiveStreams;
  writePath: WritePath;
  /** Waits for what was submitted, then closes the pools. */
  close(): Promise<void>;
};

/** Bytes of request bodies that are held at once, at most. */
const BODY_BYTES = 256 * 1024 * 1024;
/** A device whose key was revoked goes on sending for a while; a guesser gets nowhere. */
const STRANGER_CALLS_PER_MINUTE = 1_200;
/** A scheduler knows its secret. */
const GUESSES_PER_MINUTE = 30;
const LANE = {
  maxRowsPerFlush: 1_000,
  maxWaitingRows: 100_000,
  deviceOf: ({ device }: IngestRow) => device.id,
};
/** About two milliseconds' work. */
const ROWS_CHECKED_PER_TURN = 200;
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

function rateQuotas(settings: Env): RateQuotas {
  return {
    messages: settings.MESSAGES_PER_MINUTE,
    api: settings.API_CALLS_PER_MINUTE,
    visitor: settings.VISITOR_CALLS_PER_MINUTE,
    stranger: STRANGER_CALLS_PER_MINUTE,
    guess: GUESSES_PER_MINUTE,
  };
}

function createRuntime(databaseUrl: string): Runtime {
  const app = connectDatabase(databaseUrl);
  const sql = connectIngest(databaseUrl);
  const partitions = new Partitions(sql);
  const registry = new DeviceRegistry(sql);
  const keys = new KeyMemory(sql);
  const limits = new RateLimits(rateQuotas(env()));
  const bodies = new BodyBudget(BODY_BYTES);
  const turns = new Turns(ROWS_CHECKED_PER_TURN);
  const forget = () => partitions.forget();
  const context = () => ({ sql, partitions, now: Date.now() });
  const changed = new ChangedDevices(sql);
  const writePath = new WritePath(sql);
  const hub = new LiveHub(app.db, sql);
  const streams = new LiveStreams(hub, (credentials, now) =>
    heldCredentials({ keys, db: app.db }, credentials, "estate.read", now),
  );
  const storeReadings = (rows: TelemetryRow[]) => recordTelemetry(context(), rows);
  const storeLogs = (rows: ParkingLogRow[]) => recordParkingLogs(context(), rows);
  const lane = <Row extends IngestRow>(store: (rows: Row[]) => Promise<Outcome[]>) =>
    new GroupCommit(writePath.watching(changed.following(isolatingBadRows(store, forget))), LANE);
  const telemetry = lane(storeReadings);
  const parkingLogs = lane(storeLogs);
  const close = async () => {
    streams.close();
    await Promise.all([telemetry.drain(), parkingLogs.drain()]);
    await Promise.all([changed.tell(), hub.close()]);
    await Promise.all([registry, keys].map((memory) => memory.stop().catch(() => {})));
    await Promise.all([app.sql.end({ timeout: 5 }), sql.end({ timeout: 5 })]);
    if (shared[KEY] === self) delete shared[KEY];
  };
  const self: Runtime = {
    ...{ db: app.db, registry, keys, limits, bodies, turns, partitions, telemetry },
    ...{ parkingLogs, streams, writePath },
    close,
  };
  return self;
}
