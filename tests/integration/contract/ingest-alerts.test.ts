import { describe, expect, test } from "vitest";
import { secondsFromNow } from "@/tests/support/clock";
import { describeBothKinds } from "@/tests/support/contract";
import {
  type DeviceOverrides,
  makeDevice,
  makeFacility,
  makeZone,
} from "@/tests/support/factories";
import { highPower, at as moment, parkingLog, reading } from "@/tests/support/messages";

const INVALID = { voltage: 501, current: 1 };

describeBothKinds("alerts raised by readings", (at) => {
  const device = (overrides: DeviceOverrides = {}) => makeDevice(at.sql, overrides);
  const alertsOf = (deviceId: number) => at.sql`
    select id, alert_type, severity, message, details, occurrences, normal_readings,
           acknowledged_at, resolved_at
    from alerts where device_id = ${deviceId} order by id`;
  const timelineOf = async (deviceId: number) => {
    const rows = await at.sql<{ kind: string }[]>`
      select t.kind from alert_transitions t join alerts a on a.id = t.alert_id
      where a.device_id = ${deviceId} order by t.id`;
    return rows.map((row) => row.kind);
  };
  const liveOf = async (deviceId: number) => {
    const [row] = await at.sql`select live_alerts from device_state where device_id = ${deviceId}`;
    return row?.live_alerts;
  };

  /** Sends readings one after the other, at 0 s, 1 s, 2 s and so on. */
  const send = async (code: string, values: object[], from = 0) => {
    for (const [i, value] of values.entries()) {
      const answer = await at.api.post("/api/telemetry", reading(code, moment(from + i), value));
      expect(answer.status).toBe(201);
    }
  };
  const HIGH = { current: 10 };
  const NORMAL = { current: 1 };

  test("power above 2000 W raises a critical alert that says why", async () => {
    const { id, code } = await device();
    await at.api.post("/api/telemetry", highPower(code, moment(0)));
    expect([...(await alertsOf(id))]).toMatchObject([
      {
        alert_type: "high_power",
        severity: "CRITICAL",
        message: "Power 2,300 W is above 2,000 W",
        details: { power_w: 2300, limit_w: 2000, voltage: 230, current: 10 },
        occurrences: 1,
        acknowledged_at: null,
        resolved_at: null,
      },
    ]);
    expect(await timelineOf(id)).toEqual(["raised"]);
    expect(await liveOf(id)).toEqual(["high_power"]);
  });

  test.each([
    ["exactly 2000 W", { voltage: 200, current: 10 }, []],
    ["just above 2000 W", { voltage: 200, current: 10.001 }, ["high_power"]],
    ["exactly 100 A", { voltage: 20, current: 100 }, []],
    ["just above 100 A", { voltage: 10, current: 100.001 }, ["invalid_data"]],
    ["exactly 500 V", { voltage: 500, current: 1 }, []],
    ["just above 500 V", { voltage: 500.001, current: 1 }, ["invalid_data"]],
    ["too much of all", { voltage: 501, current: 101 }, ["high_power", "invalid_data"]],
    ["the largest numbers", { voltage: 1.7e308, current: 1.7e308 }, ["high_power", "invalid_data"]],
  ])("%s: the reading is stored and raises what it must", async (_, values, types) => {
    const { id, code } = await device();
    await send(code, [values]);
    expect((await alertsOf(id)).map((alert) => alert.alert_type).sort()).toEqual(types);
    const [state] = await at.sql`select voltage from device_state where device_id = ${id}`;
    expect(state).toEqual({ voltage: values.voltage });
  });

  test("the limits of the device, else its zone, else its facility decide", async () => {
    const facility = await makeFacility(at.sql, { highPowerW: 300 });
    const zone = await makeZone(at.sql, { facilityId: facility.id, highPowerW: 200 });
    const plainZone = await makeZone(at.sql, { facilityId: facility.id });
    const limits: [DeviceOverrides, number][] = [
      [{ zoneId: zone.id, highPowerW: 100 }, 100],
      [{ zoneId: zone.id }, 200],
      [{ zoneId: plainZone.id }, 300],
    ];
    for (const [overrides, limit] of limits) {
      const { id, code } = await device(overrides);
      await send(code, [{ voltage: limit, current: 1 }]);
      expect(await alertsOf(id)).toHaveLength(0);
      const values = { voltage: limit + 1, current: 1 };
      await at.api.post("/api/telemetry", reading(code, moment(5), values));
      expect((await alertsOf(id)).map((a) => a.details.limit_w)).toEqual([limit]);
    }
  });

  test("the same cause again counts on the live alert and raises no second one", async () => {
    const { id, code } = await device();
    await send(code, [HIGH, HIGH, HIGH]);
    expect([...(await alertsOf(id))]).toMatchObject([{ occurrences: 3, resolved_at: null }]);
    expect(await timelineOf(id)).toEqual(["raised"]);
  });

  test("an acknowledged alert stays acknowledged and lives on, and no second one is raised", async () => {
    const { id, code } = await device();
    await send(code, [HIGH]);
    await at.sql`
      update alerts set acknowledged_at = now(), acknowledged_by = 'op' where device_id = ${id}`;
    await send(code, [HIGH], 1);
    const alerts = await alertsOf(id);
    expect([...alerts]).toMatchObject([{ occurrences: 2, resolved_at: null }]);
    expect(alerts[0]?.acknowledged_at).not.toBeNull();
  });

  test("three normal readings in a row resolve it, two do not", async () => {
    const { id, code } = await device();
    await send(code, [HIGH, NORMAL, NORMAL]);
    expect([...(await alertsOf(id))]).toMatchObject([{ normal_readings: 2, resolved_at: null }]);
    await send(code, [NORMAL], 3);
    const [alert] = await alertsOf(id);
    expect(alert?.resolved_at).not.toBeNull();
    expect(await timelineOf(id)).toEqual(["raised", "resolved"]);
    expect(await liveOf(id)).toEqual([]);
  });

  test("a breach in between starts the count of normal readings again", async () => {
    const { id, code } = await device();
    await send(code, [HIGH, NORMAL, NORMAL, HIGH, NORMAL, NORMAL]);
    expect([...(await alertsOf(id))]).toMatchObject([
      { occurrences: 2, normal_readings: 2, resolved_at: null },
    ]);
  });

  test("each cause is resolved by readings that are normal for it", async () => {
    const { id, code } = await device();
    await send(code, [{ voltage: 501, current: 10 }, HIGH, HIGH, HIGH]);
    const alerts = await alertsOf(id);
    const live = alerts.filter((a) => a.resolved_at === null).map((a) => a.alert_type);
    expect(live).toEqual(["high_power"]);
    expect(await liveOf(id)).toEqual(["high_power"]);
  });

  test("the same cause within ten minutes of resolving reopens the same alert", async () => {
    const { id, code } = await device();
    await send(code, [HIGH, NORMAL, NORMAL, NORMAL]);
    await at.sql`
      update alerts set acknowledged_at = now(), acknowledged_by = 'op' where device_id = ${id}`;
    await send(code, [HIGH], 4);
    expect([...(await alertsOf(id))]).toMatchObject([
      { occurrences: 2, resolved_at: null, acknowledged_at: null, normal_readings: 0 },
    ]);
    expect(await timelineOf(id)).toEqual(["raised", "resolved", "reopened"]);
    expect(await liveOf(id)).toEqual(["high_power"]);
  });

  test("the same cause more than ten minutes after resolving raises another", async () => {
    const { id, code } = await device();
    await send(code, [HIGH, NORMAL, NORMAL, NORMAL]);
    await at.sql`
      update alerts set resolved_at = now() - interval '601 seconds' where device_id = ${id}`;
    await send(code, [HIGH], 4);
    expect(await alertsOf(id)).toHaveLength(2);
    expect(await timelineOf(id)).toEqual(["raised", "resolved", "raised"]);
  });

  describe("a late reading", () => {
    test("is stored and counted, changes no state and raises nothing", async () => {
      const { id, code } = await device();
      await send(code, [NORMAL], 10);
      const before = await at.sql`
        select last_telemetry_at, voltage, current, live_alerts from device_state
        where device_id = ${id}`;
      await send(code, [HIGH, INVALID]);
      const after = await at.sql`
        select last_telemetry_at, voltage, current, live_alerts from device_state
        where device_id = ${id}`;
      expect([...after]).toEqual([...before]);
      expect(await alertsOf(id)).toHaveLength(0);
      const [day] = await at.sql`
        select reading_count from telemetry_days where device_id = ${id}`;
      expect(day).toEqual({ reading_count: 3 });
    });

    test("neither calms a live alert nor counts on it", async () => {
      const { id, code } = await device();
      await send(code, [HIGH], 20);
      await send(code, [NORMAL, NORMAL, NORMAL, HIGH]);
      expect([...(await alertsOf(id))]).toMatchObject([
        { occurrences: 1, normal_readings: 0, resolved_at: null },
      ]);
    });
  });

  test("within one bulk readings count in their order, as if sent one by one", async () => {
    const { id, code } = await device();
    const rows = [HIGH, NORMAL, NORMAL, NORMAL, HIGH, INVALID].map((values, i) =>
      reading(code, moment(i), values),
    );
    const late = reading(code, moment(-5), HIGH);
    const answer = await at.api.post("/api/telemetry/bulk", [...rows, late, rows[4]]);
    expect(answer.body).toMatchObject({ created: 7, duplicates: 1 });
    expect([...(await alertsOf(id))]).toMatchObject([
      { alert_type: "high_power", occurrences: 2, normal_readings: 1, resolved_at: null },
      { alert_type: "invalid_data", occurrences: 1, resolved_at: null },
    ]);
    expect(await timelineOf(id)).toEqual(["raised", "resolved", "reopened", "raised"]);
  });

  test("a duplicate reading counts on nothing", async () => {
    const { id, code } = await device();
    await send(code, [HIGH]);
    const again = await at.api.post("/api/telemetry", highPower(code, moment(0)));
    expect(again.status).toBe(409);
    expect([...(await alertsOf(id))]).toMatchObject([{ occurrences: 1 }]);
  });

  describe("an offline alert", () => {
    const offline = async (deviceId: number) => {
      await at.sql`
        insert into alerts (device_id, alert_type, severity, message, created_at, last_triggered_at)
        values (${deviceId}, 'offline', 'WARNING', 'No telemetry', now(), now())`;
      await at.sql`
        update device_state set live_alerts = '{offline}' where device_id = ${deviceId}`;
    };

    test("ends when telemetry arrives again", async () => {
      const { id, code } = await device();
      await offline(id);
      await at.api.post("/api/telemetry", reading(code, secondsFromNow(-1)));
      expect((await alertsOf(id))[0]?.resolved_at).not.toBeNull();
      expect(await timelineOf(id)).toEqual(["resolved"]);
    });

    test("is not ended by a reading that is itself older than the allowed silence", async () => {
      const { id, code } = await device();
      await offline(id);
      await at.api.post("/api/telemetry", reading(code, secondsFromNow(-600)));
      expect((await alertsOf(id))[0]?.resolved_at).toBeNull();
    });

    test("is ended by a parking log only where the device has an interval of its own", async () => {
      for (const [overrides, ends] of [
        [{}, false],
        [{ offlineAfterSeconds: 300 }, true],
      ] as const) {
        const { id, code } = await device(overrides);
        await offline(id);
        await at.api.post("/api/parking-log", parkingLog(code, secondsFromNow(-1)));
        expect((await alertsOf(id))[0]?.resolved_at !== null).toBe(ends);
      }
    });
  });
});
