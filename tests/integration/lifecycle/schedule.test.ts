import { drizzle } from "drizzle-orm/postgres-js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "@/db/client";
import * as schema from "@/db/schema";
import { exactDuration } from "@/lib/domain/values/duration";
import { checkOffline } from "@/lib/server/alerts/check-offline";
import { claimJob, finishJob } from "@/lib/server/schedule/claim-job";
import { recordHealth } from "@/lib/server/schedule/record-health";
import { api } from "@/tests/support/api";
import { secondsFromNow, until } from "@/tests/support/clock";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { makeDevice, makeZone } from "@/tests/support/factories";
import { highPower, parkingLog, reading } from "@/tests/support/messages";
import { type RunningServer, startServer } from "@/tests/support/server";

let database: TestDatabase;
let server: RunningServer;
let db: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServer({ kind: "gateway", databaseUrl: database.url });
  // A connection apart: drizzle takes over how it reads dates.
  db = drizzle(database.url, { schema }) as unknown as Database;
});
afterAll(async () => {
  await server?.stop();
  await (db as unknown as { $client: { end(): Promise<void> } }).$client.end();
  await database?.drop();
});

const send = (message: object, path = "/api/telemetry") => api(server.url).post(path, message);
const check = (now = new Date()) => checkOffline({ db, now });
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000);
const alertsOf = (device: { id: number }) =>
  database.sql`select id, alert_type, message, occurrences, acknowledged_at, resolved_at
    from alerts where device_id = ${device.id} order by id`;
/** The timer of a process, for a job of every 15 s. */
const TIMER = { everySeconds: 15, onlyWhenDue: true, gapSeconds: 45 };
const timelineOf = async (alertId: number) =>
  (
    await database.sql`select kind from alert_transitions where alert_id = ${alertId} order by id`
  ).map((row) => row.kind);

describe("the offline check", () => {
  test("raises one alert for a silent device, however often and at once it runs", async () => {
    const device = await makeDevice(database.sql);
    await send(reading(device.code, secondsFromNow(-200)));
    const runs = await Promise.all(Array.from({ length: 8 }, () => check()));
    expect(runs.reduce((sum, run) => sum + run.raised, 0)).toBe(1);
    expect(await check()).toMatchObject({ raised: 0, resolved: 0 });
    const [alert] = await alertsOf(device);
    expect(alert).toMatchObject({ alert_type: "offline", occurrences: 1, resolved_at: null });
    expect(alert?.message).toBe("No telemetry for more than 2 min");
    expect(await timelineOf(alert?.id)).toEqual(["raised"]);
  });

  test("names the allowed silence in units people use, as pages do", async () => {
    const device = await makeDevice(database.sql, { offlineAfterSeconds: 90_061 });
    const heard = secondsFromNow(-10);
    await send(reading(device.code, heard));
    await check(new Date(Date.parse(heard) + 90_061_001));
    const [alert] = await alertsOf(device);
    expect(alert?.message).toBe("No message for more than 1 d 1 h 1 min 1 s");
    expect(alert?.message).toContain(exactDuration(90_061));
  });

  test("leaves alone exactly 120 s of silence, and raises on the next millisecond", async () => {
    const device = await makeDevice(database.sql);
    const heard = secondsFromNow(-10);
    await send(reading(device.code, heard));
    await check(new Date(Date.parse(heard) + 120_000));
    expect(await alertsOf(device)).toEqual([]);
    await check(new Date(Date.parse(heard) + 120_001));
    expect(await alertsOf(device)).toHaveLength(1);
  });

  test("knows no silence of a device that never reported or sends parking logs alone", async () => {
    const never = await makeDevice(database.sql, { offlineAfterSeconds: 1 });
    const logsAlone = await makeDevice(database.sql);
    await send(parkingLog(logsAlone.code, secondsFromNow(-5000)), "/api/parking-log");
    await check();
    expect([...(await alertsOf(never)), ...(await alertsOf(logsAlone))]).toEqual([]);
  });

  test("takes any message of a device with an interval of its own for contact", async () => {
    const device = await makeDevice(database.sql, { offlineAfterSeconds: 60 });
    await send(parkingLog(device.code, secondsFromNow(-90)), "/api/parking-log");
    await check();
    const [alert] = await alertsOf(device);
    expect(alert).toMatchObject({
      alert_type: "offline",
      message: "No message for more than 1 min",
    });
    await send(parkingLog(device.code, secondsFromNow(-1)), "/api/parking-log");
    expect((await alertsOf(device))[0]?.resolved_at).toBeInstanceOf(Date);
  });

  test("goes by the limit of the zone, then of the facility", async () => {
    const zone = await makeZone(database.sql, { offlineAfterSeconds: 1000 });
    const patient = await makeDevice(database.sql, { zoneId: zone.id });
    await send(reading(patient.code, secondsFromNow(-500)));
    await check();
    expect(await alertsOf(patient)).toEqual([]);
    await check(inSeconds(501));
    expect(await alertsOf(patient)).toHaveLength(1);
  });

  test("is over when telemetry arrives again, but not by a reading as old as the silence", async () => {
    const device = await makeDevice(database.sql);
    await send(reading(device.code, secondsFromNow(-1000)));
    await check();
    await send(reading(device.code, secondsFromNow(-500)));
    expect((await alertsOf(device))[0]?.resolved_at).toBeNull();
    await send(reading(device.code, secondsFromNow(0)));
    const [alert] = await alertsOf(device);
    expect(alert?.resolved_at).toBeInstanceOf(Date);
    expect(await timelineOf(alert?.id)).toEqual(["raised", "resolved"]);
  });

  test("reopens the alert within ten minutes and takes its acknowledgement back", async () => {
    const device = await makeDevice(database.sql);
    await send(reading(device.code, secondsFromNow(-200)));
    await check();
    const [raised] = await alertsOf(device);
    await api(server.url).patch(`/api/alerts/${raised?.id}/acknowledge`, {});
    await send(reading(device.code, secondsFromNow(0)));
    await check(inSeconds(130));
    expect(await alertsOf(device)).toMatchObject([
      { id: raised?.id, occurrences: 2, acknowledged_at: null, resolved_at: null },
    ]);
    const timeline = ["raised", "acknowledged", "resolved", "reopened"];
    expect(await timelineOf(raised?.id)).toEqual(timeline);
  });

  test("raises another alert when the last one was resolved longer ago", async () => {
    const device = await makeDevice(database.sql);
    await send(reading(device.code, secondsFromNow(-200)));
    await check();
    await send(reading(device.code, secondsFromNow(0)));
    await check(inSeconds(700));
    expect(await alertsOf(device)).toHaveLength(2);
  });

  test("does not raise an acknowledged alert again", async () => {
    const device = await makeDevice(database.sql);
    await send(reading(device.code, secondsFromNow(-200)));
    await check();
    const [alert] = await alertsOf(device);
    await api(server.url).patch(`/api/alerts/${alert?.id}/acknowledge`, {});
    expect(await check()).toMatchObject({ raised: 0 });
    expect(await alertsOf(device)).toHaveLength(1);
  });

  test("resolves what a longer limit excuses", async () => {
    const device = await makeDevice(database.sql);
    await send(reading(device.code, secondsFromNow(-200)));
    await check();
    await api(server.url).patch(`/api/devices/${device.id}`, { offline_after_seconds: 3600 });
    expect((await check()).resolved).toBe(1);
    expect((await alertsOf(device))[0]?.resolved_at).toBeInstanceOf(Date);
  });

  test("does not count the time in which no one listened as silence", async () => {
    const [fine, silentBefore] = [await makeDevice(database.sql), await makeDevice(database.sql)];
    await send(reading(fine.code, secondsFromNow(-330)));
    await send(reading(silentBefore.code, secondsFromNow(-500)));
    // The last check ran 300 s ago, the next one by schedule 10 s ago.
    await database.sql`
      insert into scheduled_jobs (name, last_started_at)
      values ('offline-check', now() - interval '300 s')`;
    expect(await claimJob(db, "offline-check", TIMER)).toBe(true);
    await database.sql`
      update scheduled_jobs set gap_to = gap_to - interval '10 s' where name = 'offline-check'`;
    await check();
    expect(await alertsOf(fine)).toEqual([]);
    expect(await alertsOf(silentBefore)).toHaveLength(1);
    await check(inSeconds(100));
    expect(await alertsOf(fine)).toHaveLength(1);
    await database.sql`delete from scheduled_jobs`;
  });

  test("ends the silence of a device that was retired meanwhile", async () => {
    const device = await makeDevice(database.sql);
    await send(reading(device.code, secondsFromNow(-200)));
    await check();
    await database.sql`update devices set retired_at = now() where id = ${device.id}`;
    await check();
    expect((await alertsOf(device))[0]?.resolved_at).toBeInstanceOf(Date);
  });

  test("counts the devices that it watches", async () => {
    const before = await check();
    const device = await makeDevice(database.sql);
    expect((await check()).checked).toBe(before.checked);
    await send(reading(device.code, secondsFromNow(0)));
    expect((await check()).checked).toBe(before.checked + 1);
  });
});

describe("recurring jobs", () => {
  test("of many processes one claims a run, and no one another until its time has come", async () => {
    const claims = await Promise.all(
      Array.from({ length: 10 }, () => claimJob(db, "a job", TIMER)),
    );
    expect(claims.filter(Boolean)).toHaveLength(1);
    await finishJob(db, "a job");
    expect(await claimJob(db, "a job", TIMER)).toBe(false);
    await database.sql`
      update scheduled_jobs set last_started_at = now() - interval '15 s' where name = 'a job'`;
    expect(await claimJob(db, "a job", TIMER)).toBe(true);
  });

  test("health is recorded when it changes, and only then", async () => {
    const device = await makeDevice(database.sql);
    const scores = async () =>
      (
        await database.sql`select health_score, open_alerts from health_snapshots
        where device_id = ${device.id} order by at`
      ).map((row) => ({ ...row }));
    const record = (now = new Date()) => recordHealth({ db, now });
    await record();
    await record();
    expect(await scores()).toEqual([{ health_score: 70, open_alerts: 0 }]);
    await send(highPower(device.code, secondsFromNow(0)));
    await record(inSeconds(1));
    expect((await scores()).at(-1)).toEqual({ health_score: 90, open_alerts: 1 });
  });

  test("a server finds a silent device by itself", async () => {
    const alone = await startServer({
      kind: "gateway",
      databaseUrl: database.url,
      env: { RUN_JOBS: "true" },
    });
    try {
      const device = await makeDevice(database.sql);
      await api(alone.url).post("/api/telemetry", reading(device.code, secondsFromNow(-200)));
      const found = async () => (await alertsOf(device)).length > 0;
      await until("the offline alert is raised", found, 40_000);
    } finally {
      await alone.stop();
    }
  });
});
