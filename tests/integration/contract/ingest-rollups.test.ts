import { describe, expect, test } from "vitest";
import { describeBothKinds } from "@/tests/support/contract";
import { makeDevice, makeZone } from "@/tests/support/factories";
import { at as moment, parkingLog, reading } from "@/tests/support/messages";

describeBothKinds("rollups", (at) => {
  const sendLogs = (rows: unknown[]) => at.api.post("/api/parking-log/bulk", rows);
  const sendReadings = (rows: unknown[]) => at.api.post("/api/telemetry/bulk", rows);
  const hoursOf = async (zoneId: number) => {
    const rows = await at.sql<{ hour: Date; day: string; event_count: number }[]>`
      select hour, day::text, event_count from zone_hours where zone_id = ${zoneId} order by hour`;
    return rows.map((row) => [row.hour.toISOString(), row.day, row.event_count]);
  };
  const parkingDaysOf = async (deviceId: number) => {
    const rows = await at.sql`
      select day::text, event_count, last_parking_log_at, is_occupied
      from parking_days where device_id = ${deviceId} order by day`;
    return rows.map((row) => Object.values(row));
  };
  const telemetryDaysOf = async (deviceId: number) => {
    const rows = await at.sql`
      select day::text, reading_count, last_telemetry_at
      from telemetry_days where device_id = ${deviceId} order by day`;
    return rows.map((row) => Object.values(row));
  };

  test("a day is the local date of the facility", async () => {
    const device = await makeDevice(at.sql, { timeZone: "Asia/Shanghai" });
    const times = ["2025-03-02T15:59:59Z", "2025-03-02T16:00:00Z", "2025-03-03T15:59:59Z"];
    await sendReadings(times.map((time) => reading(device.code, time)));
    await sendLogs(times.map((time, i) => parkingLog(device.code, time, i !== 1)));
    expect(await telemetryDaysOf(device.id)).toEqual([
      ["2025-03-02", 1, new Date(times[0]!)],
      ["2025-03-03", 2, new Date(times[2]!)],
    ]);
    expect(await parkingDaysOf(device.id)).toEqual([
      ["2025-03-02", 1, new Date(times[0]!), true],
      ["2025-03-03", 2, new Date(times[2]!), true],
    ]);
  });

  test("late messages correct their own day, and its state only where they are its newest", async () => {
    const device = await makeDevice(at.sql);
    await sendLogs([
      parkingLog(device.code, moment(50), true),
      parkingLog(device.code, moment(0, "2025-03-04"), false),
    ]);
    await sendLogs([parkingLog(device.code, moment(10), false)]);
    await sendLogs([parkingLog(device.code, moment(60), false)]);
    expect(await parkingDaysOf(device.id)).toEqual([
      ["2025-03-03", 3, new Date(moment(60)), false],
      ["2025-03-04", 1, new Date(moment(0, "2025-03-04")), false],
    ]);
    await sendReadings([reading(device.code, moment(0, "2025-03-05"))]);
    await sendReadings([reading(device.code, moment(0))]);
    await sendReadings([reading(device.code, moment(9)), reading(device.code, moment(4))]);
    expect(await telemetryDaysOf(device.id)).toEqual([
      ["2025-03-03", 3, new Date(moment(9))],
      ["2025-03-05", 1, new Date(moment(0, "2025-03-05"))],
    ]);
  });

  test("a duplicate is not counted again", async () => {
    const device = await makeDevice(at.sql);
    for (let i = 0; i < 3; i++) {
      await sendLogs([parkingLog(device.code, moment(0)), parkingLog(device.code, moment(0))]);
      await sendReadings([reading(device.code, moment(0)), reading(device.code, moment(0))]);
    }
    expect(await parkingDaysOf(device.id)).toEqual([["2025-03-03", 1, new Date(moment(0)), true]]);
    expect(await telemetryDaysOf(device.id)).toEqual([["2025-03-03", 1, new Date(moment(0))]]);
  });

  test("hours of a zone count the events of all its devices and of no other zone's", async () => {
    const zone = await makeZone(at.sql);
    const [a, b] = [
      await makeDevice(at.sql, { zoneId: zone.id }),
      await makeDevice(at.sql, { zoneId: zone.id }),
    ];
    const other = await makeDevice(at.sql);
    await sendLogs([a, b, other].map(({ code }) => parkingLog(code, moment(0))));
    await sendLogs([parkingLog(a.code, moment(3599), false), parkingLog(b.code, moment(3600))]);
    expect(await hoursOf(zone.id)).toEqual([
      ["2025-03-03T10:00:00.000Z", "2025-03-03", 3],
      ["2025-03-03T11:00:00.000Z", "2025-03-03", 1],
    ]);
    expect(await hoursOf(other.zoneId)).toEqual([["2025-03-03T10:00:00.000Z", "2025-03-03", 1]]);
  });

  describe("on a day when the clocks change", () => {
    /** One event every half hour from an instant on. */
    const everyHalfHour = (code: string, from: string, count: number) =>
      Array.from({ length: count }, (_, i) =>
        parkingLog(code, new Date(Date.parse(from) + i * 1_800_000).toISOString(), i % 2 === 0),
      );

    test.each([
      ["America/New_York", "2025-03-09", "2025-03-09T05:00:00Z", 23],
      ["America/New_York", "2025-11-02", "2025-11-02T04:00:00Z", 25],
      ["Europe/Berlin", "2025-03-30", "2025-03-29T23:00:00Z", 23],
      ["Asia/Shanghai", "2025-03-30", "2025-03-29T16:00:00Z", 24],
      ["Asia/Kolkata", "2025-03-30", "2025-03-29T18:30:00Z", 24],
      ["Asia/Kathmandu", "2025-03-30", "2025-03-29T18:15:00Z", 24],
    ])("%s, %s has its hours, each from its own start", async (timeZone, day, start, hours) => {
      const device = await makeDevice(at.sql, { timeZone });
      await sendLogs(everyHalfHour(device.code, start, hours * 2));
      const expected = Array.from({ length: hours }, (_, i) => [
        new Date(Date.parse(start) + i * 3_600_000).toISOString(),
        day,
        2,
      ]);
      expect(await hoursOf(device.zoneId)).toEqual(expected);
      expect((await parkingDaysOf(device.id)).map(([date, count]) => [date, count])).toEqual([
        [day, hours * 2],
      ]);
    });

    test("the event after the last one of a 23 hour day belongs to the next day", async () => {
      const device = await makeDevice(at.sql, { timeZone: "America/New_York" });
      await sendLogs([
        parkingLog(device.code, "2025-03-10T03:59:59Z"),
        parkingLog(device.code, "2025-03-10T04:00:00Z"),
      ]);
      expect(await hoursOf(device.zoneId)).toEqual([
        ["2025-03-10T03:00:00.000Z", "2025-03-09", 1],
        ["2025-03-10T04:00:00.000Z", "2025-03-10", 1],
      ]);
    });

    test("where the clock moves by half an hour no event is lost or counted twice", async () => {
      const device = await makeDevice(at.sql, { timeZone: "Australia/Lord_Howe" });
      // 2025-04-06 is 24.5 hours long there; its last hour is half a one.
      await sendLogs(everyHalfHour(device.code, "2025-04-05T13:00:00Z", 49));
      const hours = await hoursOf(device.zoneId);
      expect(hours.map(([, day]) => day)).toEqual(Array(25).fill("2025-04-06"));
      expect(hours.map(([, , count]) => count)).toEqual([...Array(24).fill(2), 1]);
    });
  });
});
