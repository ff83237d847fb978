import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres, { type Sql } from "postgres";
import { migrateDatabase } from "@/db/migrate";
import { makeKey, TEST_KEY } from "@/tests/support/accounts";
import { until } from "@/tests/support/clock";
import { contradictions } from "@/tests/support/consistency";
import { urlOf } from "@/tests/support/database-url";
import { makeDevice, makeZone } from "@/tests/support/factories";
import { PersistentSender, type TrafficKind } from "@/tests/support/persistent-sender";
import { restartablePostgres } from "@/tests/support/restartable-postgres";
import { type RunningServer, startServer } from "@/tests/support/server";

/**
 * How Postgres goes away: the embedded one is killed and started again by the product; an external
 * one, given by DATABASE_URL, is restarted in fast mode.
 */
export const RESTARTS = ["embedded kill -9", "external fast restart"] as const;
export type RestartKind = (typeof RESTARTS)[number];

export type RestartOptions = {
  restart: RestartKind;
  traffic: readonly TrafficKind[];
  times: number;
  senders?: number;
  /** A server of one's own, instead of one that is made for this. */
  external?: ExternalPostgres;
};

/** A server by the address of a user who may make databases there, and how it is restarted. */
export type ExternalPostgres = { url: string; restart(): Promise<void> };

/** What came of it; `differences` is empty when everything held. */
export type RestartReport = {
  restarts: number;
  sent: number;
  stored: number;
  /** Attempts that got no answer, or 503. */
  repeated: number;
  differences: string[];
};

/** Answers between two restarts, so that each falls into traffic that flows again. */
const ANSWERS_BETWEEN = 100;
const FLOWS_AGAIN_WITHIN_MS = 120_000;

/**
 * Runs the whole of `npm start` as a process and restarts Postgres under traffic. Then every message
 * must be stored once and the process be the one that was started.
 */
export async function restartUnderTraffic(options: RestartOptions): Promise<RestartReport> {
  const directory = await mkdtemp(path.join(tmpdir(), "smart-parking-restarts-"));
  const own = options.external ? null : await restartablePostgres(directory);
  const { url, restart, remove } = own ? { ...own, remove: own.stop } : await madeOn(options);
  const sql = postgres(url, { max: 2, onnotice: () => {} });
  let server: RunningServer | undefined;
  try {
    await migrateDatabase(url);
    await makeKey(sql, { secret: TEST_KEY });
    const embedded = own !== null && options.restart === "embedded kill -9";
    const databaseUrl = embedded ? "" : url;
    const env = { DATA_FOLDER: directory, RUN_JOBS: "true" };
    server = await startServer({ kind: "product", databaseUrl, env });
    const goAway = embedded ? own.kill : restart;
    const senders = await makeSenders(sql, server.url, options);
    await underTraffic(senders, server, goAway, options.times);
    return await report(sql, senders, server, options.times);
  } finally {
    await sql.end({ timeout: 1 });
    await server?.stop();
    await remove();
    await rm(directory, { recursive: true, force: true });
  }
}

/** A database for one run on someone's server. */
async function madeOn({ external }: RestartOptions) {
  const { url, restart } = external!;
  const name = `smart_parking_soak_${process.pid}_${Date.now()}`;
  const asAdmin = async (statement: (admin: Sql) => Promise<unknown>) => {
    const admin = postgres(url, { max: 1, onnotice: () => {} });
    await statement(admin).finally(() => admin.end());
  };
  await asAdmin((admin) => admin`create database ${admin(name)}`);
  const remove = () => asAdmin((admin) => admin`drop database ${admin(name)} with (force)`);
  return { url: urlOf(url, name), restart, remove };
}

async function makeSenders(sql: Sql, url: string, { senders = 16, traffic }: RestartOptions) {
  const zone = await makeZone(sql, { timeZone: "America/New_York" });
  return Promise.all(
    Array.from({ length: senders }, async () => {
      const devices = await Promise.all([1, 2].map(() => makeDevice(sql, { zoneId: zone.id })));
      const codes = devices.map(({ code }) => code);
      return new PersistentSender(url, codes, traffic);
    }),
  );
}

async function underTraffic(
  senders: PersistentSender[],
  server: RunningServer,
  goAway: () => Promise<void>,
  times: number,
): Promise<void> {
  const created = () => senders.reduce((sum, sender) => sum + sender.created, 0);
  const flows = async (why: string) => {
    const goal = created() + ANSWERS_BETWEEN;
    const flowing = () => created() >= goal || !server.isRunning();
    await until(`messages are stored ${why}`, flowing, FLOWS_AGAIN_WITHIN_MS);
    if (!server.isRunning()) throw new Error(`The server has ended ${why}:\n${server.output()}`);
  };
  const running = Promise.all(senders.map((sender) => sender.run()));
  try {
    await flows("at the beginning");
    for (let time = 1; time <= times; time++) {
      await goAway();
      await flows(`after restart ${time} of Postgres`);
    }
  } catch (error) {
    for (const sender of senders) sender.abandon();
    await running.catch(() => {});
    throw error;
  }
  for (const sender of senders) sender.stop();
  await running;
}

async function report(
  sql: Sql,
  senders: PersistentSender[],
  server: RunningServer,
  restarts: number,
): Promise<RestartReport> {
  const sum = (of: (sender: PersistentSender) => number) =>
    senders.reduce((total, sender) => total + of(sender), 0);
  const [stored] = await sql<[{ readings: number; logs: number }]>`
    select (select count(*) from telemetry)::int as readings,
           (select count(*) from parking_logs)::int as logs`;
  const sent = { readings: sum((s) => s.readingsSent), logs: sum((s) => s.logsSent) };
  const differences = senders.flatMap((sender) => sender.surprises);
  for (const noun of ["readings", "logs"] as const) {
    if (sent[noun] !== stored[noun]) {
      differences.push(`${sent[noun]} ${noun} sent, ${stored[noun]} stored`);
    }
  }
  if (!server.isRunning()) differences.push("the server has ended");
  const explained = await contradictions(sql);
  differences.push(...explained.map((row) => JSON.stringify(row)));
  return {
    restarts,
    sent: sent.readings + sent.logs,
    stored: stored.readings + stored.logs,
    repeated: sum((sender) => sender.lost),
    differences,
  };
}
