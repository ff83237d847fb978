import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import postgres, { type Sql } from "postgres";
import { migrateDatabase } from "@/db/migrate";
import { makeKey, TEST_KEY } from "@/tests/support/accounts";
import { until } from "@/tests/support/clock";
import { makeDevice, makeZone } from "@/tests/support/factories";
import {
  type RestartablePostgres,
  restartablePostgres,
} from "@/tests/support/restartable-postgres";
import { type RunningServer, startServer } from "@/tests/support/server";
import { HABITS, SoakDevice } from "./soak-device";
import { alertDifferences, rollupDifferences, rowDifferences } from "./verdict";

export type SoakOptions = {
  /** For how long devices send while Postgres and the server are killed. */
  seconds: number;
  /** Devices of each habit. */
  devices?: number;
  /** Gets a line for each kill. */
  report?: (line: string) => void;
};

/** One line of the table at the end. */
export type SoakLine = { what: string; sent: number | string; found: number | string };
export type SoakResult = { lines: SoakLine[]; differences: string[] };

const OFFLINE_AFTER_SECONDS = 5;
const STORED_BETWEEN_KILLS = 200;
const PAUSE_BETWEEN_KILLS_MS = 3_000;
const FLOWS_AGAIN_WITHIN_MS = 120_000;
const KEEP_AWAKE_EVERY_MS = 1_000;

/**
 * Starts the product as `npm start` does, with a database of its own, has devices send all kinds of
 * traffic while Postgres and the server are killed in turn, and then counts: every message sent
 * against every row stored, rollups against a rebuild, live alerts against their causes.
 */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const directory = await mkdtemp(path.join(tmpdir(), "smart-parking-soak-"));
  const cluster = await restartablePostgres(directory);
  const sql = postgres(cluster.url, { max: 2, onnotice: () => {} });
  const product = new Product(cluster, options.report ?? (() => {}));
  try {
    await migrateDatabase(cluster.url);
    await makeKey(sql, { secret: TEST_KEY });
    await product.start(directory);
    const devices = await makeDevices(sql, product.url, options.devices ?? 4);
    await sendUnderKills(devices, product, options.seconds);
    return await verdict(sql, cluster.url, devices, product);
  } finally {
    await sql.end({ timeout: 1 });
    await product.stop();
    await cluster.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

/** The product's process and its database, with what has been done to them. */
class Product {
  readonly kills = { Postgres: 0, server: 0 };
  readonly faults: string[] = [];
  private server: RunningServer | undefined;
  private directory = "";

  constructor(
    private readonly cluster: RestartablePostgres,
    private readonly report: (line: string) => void,
  ) {}

  get url(): string {
    return this.server?.url ?? "";
  }

  async start(directory: string): Promise<void> {
    this.directory = directory;
    const env = { DATA_FOLDER: directory, RUN_JOBS: "true" };
    const port = this.server?.port;
    this.server = await startServer({ kind: "product", databaseUrl: "", env, port });
  }

  async killPostgres(): Promise<void> {
    this.report("killing Postgres");
    await this.cluster.kill();
    this.kills.Postgres += 1;
  }

  async killServer(): Promise<void> {
    this.noteEnd();
    this.report("killing the server");
    this.server?.kill();
    // Its port is free once it has ended.
    await until("the server has ended", () => !this.server?.isRunning());
    this.kills.server += 1;
    await this.start(this.directory);
  }

  /** Notes a server that has ended without being killed. */
  noteEnd(): boolean {
    if (this.server?.isRunning()) return false;
    this.faults.push(`the server ended by itself:\n${this.server?.output().slice(-2_000)}`);
    return true;
  }

  async stop(): Promise<void> {
    await this.server?.stop();
  }
}

async function makeDevices(sql: Sql, url: string, ofEachHabit: number): Promise<SoakDevice[]> {
  const zones = ["Asia/Kolkata", "America/New_York"].map((timeZone) => makeZone(sql, { timeZone }));
  const zoneIds = (await Promise.all(zones)).map(({ id }) => id);
  const habits = HABITS.flatMap((habit) => Array.from({ length: ofEachHabit }, () => habit));
  return Promise.all(
    habits.map(async (habit, n) => {
      const falls = habit === "silent" || habit === "returning";
      const offlineAfterSeconds = falls ? OFFLINE_AFTER_SECONDS : undefined;
      const zoneId = zoneIds[n % zoneIds.length]!;
      const { code } = await makeDevice(sql, { zoneId, offlineAfterSeconds });
      return new SoakDevice(url, code, habit);
    }),
  );
}

async function sendUnderKills(
  devices: SoakDevice[],
  product: Product,
  seconds: number,
): Promise<void> {
  const end = Date.now() + seconds * 1000;
  const created = () => devices.reduce((sum, device) => sum + device.created, 0);
  const sending = Promise.all(devices.map((device) => device.liveUntil(end)));
  const kills = [
    () => product.killPostgres(),
    () => product.killServer(),
    () => Promise.all([product.killPostgres(), product.killServer()]),
  ];
  try {
    for (let n = 0; Date.now() < end; n++) {
      const goal = created() + STORED_BETWEEN_KILLS;
      const flows = () => created() >= goal || Date.now() >= end || product.noteEnd();
      await until("messages are stored again", flows, FLOWS_AGAIN_WITHIN_MS);
      if (product.faults.length > 0) throw new Error(product.faults.join("\n"));
      await delay(Math.min(PAUSE_BETWEEN_KILLS_MS, Math.max(0, end - Date.now())));
      if (Date.now() < end) await kills[n % kills.length]!();
    }
  } catch (error) {
    for (const device of devices) device.client.abandon();
    await sending.catch(() => {});
    throw error;
  }
  await sending;
}

async function verdict(
  sql: Sql,
  databaseUrl: string,
  devices: SoakDevice[],
  product: Product,
): Promise<SoakResult> {
  await Promise.all(devices.map((device) => device.settle()));
  const alerts = await whileAwake(devices, () => alertDifferences(sql, devices));
  const rows = await rowDifferences(sql, devices);
  const rollups = await rollupDifferences(sql, databaseUrl);
  product.noteEnd();
  const sum = (of: (device: SoakDevice) => number) =>
    devices.reduce((total, device) => total + of(device), 0);
  const { kills } = product;
  return {
    lines: [
      { what: "readings", sent: sum((d) => d.readings.messages), found: rows.stored.readings },
      { what: "parking logs", sent: sum((d) => d.logs.messages), found: rows.stored.logs },
      { what: "live alerts", sent: alerts.expected, found: alerts.found },
      { what: "rows that a rebuild corrected", sent: 0, found: rollups.corrected },
      { what: "duplicates refused", sent: sum((d) => d.duplicates), found: "" },
      { what: "bad rows refused", sent: sum((d) => d.refused), found: "" },
      { what: "attempts without an answer, or 503", sent: sum((d) => d.client.lost), found: "" },
      { what: "kills of Postgres", sent: kills.Postgres, found: "" },
      { what: "kills of the server", sent: kills.server, found: "" },
    ],
    differences: [
      ...devices.flatMap(({ surprises }) => surprises),
      ...rows.differences,
      ...rollups.differences,
      ...alerts.differences,
      ...product.faults,
    ],
  };
}

/** Keeps devices from falling silent that should not be so in the end. */
async function whileAwake<T>(devices: SoakDevice[], work: () => Promise<T>): Promise<T> {
  let done = false;
  const awake = devices.filter(({ habit }) => habit === "returning");
  const reporting = awake.map(async (device) => {
    while (!done) {
      await device.sendReading();
      await delay(KEEP_AWAKE_EVERY_MS);
    }
  });
  const result = await work().finally(() => {
    done = true;
  });
  await Promise.all(reporting);
  return result;
}
