import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectDatabase } from "@/db/client";
import { isSilent } from "@/lib/domain/alerts/alerting";
import { DEFAULT_LIMITS } from "@/lib/domain/devices/limits";
import { readAudit } from "@/lib/server/audit/read-audit";
import { SYSTEM } from "@/lib/server/context";
import { readDeviceDetail } from "@/lib/server/devices/read-device-detail";
import { readHealthCourse } from "@/lib/server/devices/read-health-course";
import { readTimeline } from "@/lib/server/devices/read-timeline";
import { resolveRange } from "@/lib/server/devices/resolve-range";
import { updateDevice } from "@/lib/server/devices/update-device";
import { listKeys } from "@/lib/server/keys/read-keys";
import { makeKey } from "@/tests/support/accounts";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { type Device, makeDevice, makeFacility, makeZone } from "@/tests/support/factories";
import { makeAlert, park, report } from "@/tests/support/history";

let database: TestDatabase;
let pool: ReturnType<typeof connectDatabase>;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = connectDatabase(database.url, 4);
});
afterAll(async () => {
  await pool.sql.end();
  await database.drop();
});

const NOW = "2025-03-02T12:00:00.000Z";
const context = (now = NOW) => ({ db: pool.db, actor: SYSTEM, now: new Date(now) });
const ms = (iso: string) => Date.parse(iso);
const at = (time: string) => `2025-03-02T${time}:00.000Z`;

async function timelineOf(device: Device, from: string, to: string, now = NOW) {
  const detail = await readDeviceDetail(context(now), device.id);
  const bounds = { from: { instant: ms(from) }, to: { instant: ms(to) } };
  const range = await resolveRange(pool.db, detail.time_zone, bounds, new Date(now));
  return readTimeline(context(now), { device: detail, range });
}

const told = ({ stretches }: Awaited<ReturnType<typeof timelineOf>>) =>
  stretches.map(({ state, from, to }) => {
    const clock = (time: number) => new Date(time).toISOString().slice(11, 16);
    return `${clock(from)}-${clock(to)} ${state}`;
  });

describe("the timeline of a device", () => {
  it("carries the state in, counts arrivals, and takes the later received of two at once", async () => {
    const device = await makeDevice(database.sql);
    await park(database.sql, [device, at("01:00"), true]);
    await park(database.sql, [device, at("10:20"), true], [device, at("10:30"), false]);
    await park(database.sql, [device, at("11:00"), true]);
    await park(database.sql, [device, at("11:00"), false]);
    await park(database.sql, [device, at("11:30"), true]);
    const timeline = await timelineOf(device, at("10:00"), at("13:00"));
    expect(told(timeline)).toEqual([
      "10:00-10:30 occupied",
      "10:30-11:30 free",
      // Up to now, not to the end of the range.
      "11:30-12:00 occupied",
    ]);
  });

  it("is unknown from the end of what is allowed until the next telemetry", async () => {
    const device = await makeDevice(database.sql, { timeZone: "UTC" });
    await park(database.sql, [device, at("10:00"), false]);
    await report(database.sql, [device, at("10:10")], [device, at("10:40")]);
    const timeline = await timelineOf(device, at("10:00"), at("11:00"));
    expect(told(timeline)).toEqual([
      "10:00-10:12 free",
      "10:12-10:40 offline",
      "10:40-10:42 free",
      "10:42-11:00 offline",
    ]);
  });

  it("a silence that began before the range goes on into it", async () => {
    const device = await makeDevice(database.sql);
    await park(database.sql, [device, at("08:00"), true]);
    await report(database.sql, [device, at("08:00")], [device, at("11:00")]);
    expect(told(await timelineOf(device, at("10:00"), at("11:01")))).toEqual([
      "10:00-11:00 offline",
      "11:00-11:01 occupied",
    ]);
  });

  it("with an interval of its own any message is a contact; without, logs alone are none", async () => {
    const own = await makeDevice(database.sql, { offlineAfterSeconds: 600 });
    await park(database.sql, [own, at("10:00"), true], [own, at("10:30"), true]);
    expect(told(await timelineOf(own, at("10:00"), at("10:35")))).toEqual([
      "10:00-10:10 occupied",
      "10:10-10:30 offline",
      "10:30-10:35 occupied",
    ]);
    const quiet = await makeDevice(database.sql);
    await park(database.sql, [quiet, at("10:00"), true]);
    expect(told(await timelineOf(quiet, at("10:00"), at("12:00")))).toEqual([
      "10:00-12:00 occupied",
    ]);
  });

  it("is silent exactly when isSilent() says so", async () => {
    const minutes = fc.uniqueArray(fc.integer({ min: -30, max: 59 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(minutes, async (contacts) => {
        const device = await makeDevice(database.sql);
        const times = contacts.map((m) => ms(at("10:00")) + m * 60_000);
        for (const time of times) {
          await report(database.sql, [device, new Date(time).toISOString()]);
        }
        const { stretches } = await timelineOf(device, at("10:00"), at("11:00"));
        for (let second = 30; second < 3_600; second += 60) {
          const moment = ms(at("10:00")) + second * 1000;
          const past = times.filter((time) => time <= moment);
          const last = past.length === 0 ? null : Math.max(...past);
          const stretch = stretches.find(({ from, to }) => from <= moment && moment < to);
          expect(stretch?.state === "offline").toBe(isSilent(last, DEFAULT_LIMITS, moment));
        }
      }),
      { numRuns: 15 },
    );
  });

  it("has the alerts that lived in the range, newest first", async () => {
    const device = await makeDevice(database.sql);
    const other = await makeDevice(database.sql);
    await makeAlert(database.sql, device, at("08:00"), { resolvedAt: at("09:00") });
    await makeAlert(database.sql, device, at("09:30"), { resolvedAt: at("10:10") });
    await makeAlert(database.sql, device, at("10:30"), { type: "offline", severity: "WARNING" });
    await makeAlert(database.sql, device, at("11:30"), { type: "invalid_data" });
    await makeAlert(database.sql, other, at("10:30"));
    const { alerts } = await timelineOf(device, at("10:00"), at("11:00"));
    expect(alerts.map(({ alert_type, from, to }) => [alert_type, from, to])).toEqual([
      ["offline", ms(at("10:30")), null],
      ["high_power", ms(at("09:30")), ms(at("10:10"))],
    ]);
  });

  it("says so where there are more alerts than it has", async () => {
    const device = await makeDevice(database.sql);
    await database.sql`
      insert into alerts (device_id, alert_type, severity, message, created_at, last_triggered_at,
                          resolved_at)
      select ${device.id}, 'high_power', 'CRITICAL', 'n', t, t, t + interval '1 second'
      from generate_series(${at("10:00")}::timestamptz, ${at("10:33")}::timestamptz, '10 s') t`;
    const many = await timelineOf(device, at("09:00"), at("11:00"));
    expect([many.alerts.length, many.moreAlerts]).toEqual([199, false]);
    await makeAlert(database.sql, device, at("10:40"), { resolvedAt: at("10:41") });
    await makeAlert(database.sql, device, at("10:42"));
    const more = await timelineOf(device, at("09:00"), at("11:00"));
    expect([more.alerts.length, more.moreAlerts]).toEqual([200, true]);
  });
});

describe("the health of a device through a range", () => {
  const record = (device: Device, ...snapshots: [time: string, score: number][]) =>
    database.sql`insert into health_snapshots ${database.sql(
      snapshots.map(([time, health_score]) => ({
        ...{ device_id: device.id, at: at(time), health_score, open_alerts: 0 },
      })),
    )}`;
  const course = (device: Device, points = 600) => {
    const [from, to] = [ms(at("10:00")), ms(at("13:00"))];
    const range = { from, to, origin: ms(at("00:00")) };
    return readHealthCourse(context(), { deviceId: device.id, range, points });
  };

  it("begins with the score of before, and holds until now", async () => {
    const device = await makeDevice(database.sql);
    await record(device, ["08:00", 100], ["10:30", 90], ["11:00", 60]);
    expect(await course(device)).toEqual([
      { at: ms(at("10:00")), score: 100 },
      { at: ms(at("10:30")), score: 90 },
      { at: ms(at("11:00")), score: 60 },
      { at: ms(at("12:00")), score: 60 },
    ]);
  });

  it("keeps the lowest and the last score of what is too close to tell apart", async () => {
    const device = await makeDevice(database.sql);
    await record(device, ["10:00", 90], ["10:05", 60], ["10:10", 100]);
    expect(await course(device, 4)).toEqual([
      { at: ms(at("10:00")), score: 90 },
      { at: ms(at("10:05")), score: 60 },
      { at: ms(at("10:10")), score: 100 },
      { at: ms(at("12:00")), score: 100 },
    ]);
  });

  it("is empty before anything was recorded", async () => {
    expect(await course(await makeDevice(database.sql))).toEqual([]);
  });
});

describe("the detail of a device", () => {
  it("tells where each limit comes from", async () => {
    const facility = await makeFacility(database.sql, { highPowerW: 1_000, maxCurrentA: 50 });
    const zone = await makeZone(database.sql, { facilityId: facility.id, maxCurrentA: 40 });
    const device = await makeDevice(database.sql, { zoneId: zone.id, offlineAfterSeconds: 30 });
    const { limits, facts } = await readDeviceDetail(context(), device.id);
    expect(limits).toEqual({
      offlineAfterSeconds: { value: 30, origin: "device" },
      highPowerW: { value: 1_000, origin: "facility" },
      maxCurrentA: { value: 40, origin: "zone" },
      maxVoltageV: { value: 500, origin: "default" },
      normalReadingsToResolve: { value: 3, origin: "default" },
      reopenWithinSeconds: { value: 600, origin: "default" },
    });
    expect(facts.offline_after_seconds).toBe(30);
  });

  it("is retired with its zone or facility too, since the first of them was", async () => {
    const facility = await makeFacility(database.sql, { retiredAt: new Date(at("09:00")) });
    const zone = await makeZone(database.sql, {
      facilityId: facility.id,
      retiredAt: new Date(at("08:00")),
    });
    const device = await makeDevice(database.sql, { zoneId: zone.id });
    expect((await readDeviceDetail(context(), device.id)).retired_at).toBe(at("08:00"));
  });
});

describe("what is written down about a device", () => {
  it("the audit log of one device holds its changes alone, under whatever code", async () => {
    const device = await makeDevice(database.sql);
    const other = await makeDevice(database.sql);
    await updateDevice(context(), { id: device.id, change: { code: "renamed" } });
    await updateDevice(context(), { id: other.id, change: { name: "Ramp" } });
    await updateDevice(context(), { id: device.id, change: { name: "Roof" } });
    const subject = { noun: "device" as const, id: device.id };
    const { rows, total } = await readAudit(context(), { subject });
    expect(total).toBe(2);
    expect(rows.map(({ subject_id, after }) => [subject_id, Object.keys(after ?? {})])).toEqual([
      [device.id, ["name"]],
      [device.id, ["code"]],
    ]);
  });

  it("its keys are those that reach it and nothing else", async () => {
    const device = await makeDevice(database.sql);
    const { id } = await makeKey(database.sql, { deviceId: device.id });
    await makeKey(database.sql, { zoneId: device.zoneId });
    await makeKey(database.sql, { deviceId: (await makeDevice(database.sql)).id });
    const keys = await listKeys(context(), { deviceId: device.id });
    expect(keys.map((key) => key.id)).toEqual([id]);
  });
});
