import { beforeAll, describe, expect, test } from "vitest";
import { secondsFromNow } from "@/tests/support/clock";
import { describeBothKinds } from "@/tests/support/contract";
import { type Device, makeDevice, makeFacility, makeZone } from "@/tests/support/factories";
import { highPower, parkingLog, reading } from "@/tests/support/messages";

const DAY = "2025-03-03";

describeBothKinds("reads", (at) => {
  let facilityId: number;
  let zoneId: number;
  let a: Device;
  let b: Device;
  let silent: Device;

  beforeAll(async () => {
    facilityId = (await makeFacility(at.sql, { timeZone: "Asia/Shanghai" })).id;
    zoneId = (await makeZone(at.sql, { facilityId, code: "N" })).id;
    a = await makeDevice(at.sql, { zoneId, code: "a" });
    b = await makeDevice(at.sql, { zoneId, code: "b" });
    silent = await makeDevice(at.sql, { zoneId, code: "never heard of" });
    await at.api.post("/api/parking-log/bulk", [
      parkingLog("a", `${DAY}T08:15:00+08:00`, true),
      parkingLog("a", `${DAY}T09:15:00+08:00`, false),
      parkingLog("b", `${DAY}T08:45:00+08:00`, true),
      parkingLog("b", "2025-03-04T00:00:00+08:00", false),
    ]);
    await at.api.post("/api/telemetry", highPower("a", secondsFromNow(-5)));
    await at.api.post("/api/telemetry", reading("b", secondsFromNow(-5)));
    await at.api.post("/api/targets", { zone_id: zoneId, date: DAY, target_value: 4 });
  });

  describe("dashboard/summary", () => {
    test("gives the figures of a local date, with every hour of it", async () => {
      const { status, body } = await at.api.get(
        `/api/dashboard/summary?date=${DAY}&facility=${facilityId}`,
      );
      expect(status).toBe(200);
      expect(body).toMatchObject({
        date: DAY,
        total_parking_events: 3,
        current_occupancy_count: 1,
        active_devices_count: expect.any(Number),
        alerts_triggered: 0,
        efficiency_pct: 75,
        target_actual_comparison: { target: 4, actual: 3 },
        zone_breakdown: [{ zone_code: "N", target: 4, actual: 3, efficiency_pct: 75 }],
        zones: [{ zone_id: zoneId, zone_code: "N", facility_id: facilityId, events: 3, total: 3 }],
      });
      const { occupied, free, unknown, total } = body.occupancy;
      expect(occupied + free + unknown).toBe(total);
      expect(total).toBe(3);
      expect(body.hourly_usage).toHaveLength(24);
      expect(body.hourly_usage[0]).toEqual({ hour: `${DAY}T00:00:00+08:00`, count: 0 });
      expect(body.hourly_usage[8]).toEqual({ hour: `${DAY}T08:00:00+08:00`, count: 2 });
    });

    test("counts today's alerts", async () => {
      const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai" }).format();
      const { body } = await at.api.get(`/api/dashboard/summary?date=${today}&zone=${zoneId}`);
      expect(body.alerts_triggered).toBeGreaterThanOrEqual(1);
    });

    test("has no efficiency without targets", async () => {
      const { body } = await at.api.get("/api/dashboard/summary?date=2025-03-04");
      expect(body).toMatchObject({ efficiency_pct: null, target_actual_comparison: null });
    });

    test.each(["", "?date=", "?date=today", "?date=2025-02-30", "?date=2025-03-03T00:00:00Z"])(
      "%j is 400 for the date",
      async (query) => {
        const answer = await at.api.get(`/api/dashboard/summary${query}`);
        expect(answer.status).toBe(400);
        expect(Object.keys(answer.body.errors)).toEqual(["date"]);
      },
    );

    test.each(["facility=x", "zone=1.5", "facility=-1", "zone=99999999999999"])(
      "%s is 400",
      async (query) => {
        const answer = await at.api.get(`/api/dashboard/summary?date=${DAY}&${query}`);
        expect(answer.status).toBe(400);
      },
    );

    test.each(["0001-01-01", "1999-12-31", "9999-12-31"])("%s is a date like any", async (date) => {
      expect(await at.api.get(`/api/dashboard/summary?date=${date}`)).toMatchObject({
        status: 200,
        body: { date, total_parking_events: 0 },
      });
    });
  });

  describe("devices/status", () => {
    test("gives every device with its newest values, state and health", async () => {
      const { status, body } = await at.api.get("/api/devices/status");
      expect(status).toBe(200);
      expect(body.map((device: { code: string }) => device.code)).toEqual([
        "a",
        "b",
        "never heard of",
      ]);
      expect(body[0]).toMatchObject({
        id: a.id,
        code: "a",
        zone_id: zoneId,
        zone_code: "N",
        facility_id: facilityId,
        facility_name: expect.any(String),
        last_telemetry_at: expect.stringMatching(/Z$/),
        last_parking_log_at: "2025-03-03T01:15:00.000Z",
        last_seen_at: expect.stringMatching(/Z$/),
        status: "CRITICAL",
        connection: "online",
        online: true,
        is_occupied: false,
        voltage: 230,
        current: 10,
        power_w: 2300,
        health_score: 90,
        open_alerts: 1,
      });
      expect(body[1]).toMatchObject({ id: b.id, status: "OK", health_score: 100, open_alerts: 0 });
      expect(body[2]).toMatchObject({
        id: silent.id,
        last_telemetry_at: null,
        last_seen_at: null,
        status: "OK",
        connection: "never",
        online: false,
        is_occupied: null,
        power_w: null,
        health_score: 70,
      });
    });

    test("comes in pages that hold every device once", async () => {
      const codes: string[] = [];
      let path: string | undefined = "/api/devices/status?limit=1";
      for (let pages = 0; path && pages < 5; pages++) {
        const { body, headers }: Awaited<ReturnType<typeof at.api.get>> = await at.api.get(path);
        expect(headers.get("x-total-count")).toBe("3");
        expect(body).toHaveLength(1);
        codes.push(body[0].code);
        path = /<([^>]+)>; rel="next"/.exec(headers.get("link") ?? "")?.[1];
      }
      expect(codes).toEqual(["a", "b", "never heard of"]);
    });

    test.each([
      ["status=CRITICAL", ["a"]],
      ["status=OK", ["b", "never heard of"]],
      ["search=HEARD", ["never heard of"]],
      ["search=%25", []],
      ["search=", ["a", "b", "never heard of"]],
    ])("%s filters", async (query, codes) => {
      const { body } = await at.api.get(`/api/devices/status?${query}`);
      expect(body.map((device: { code: string }) => device.code)).toEqual(codes);
    });

    test.each([
      "status=BAD",
      "limit=0",
      "limit=x",
      "limit=-1",
      "cursor=%00",
      "cursor=abc",
      "zone=x",
    ])("%s is 400", async (query) => {
      const answer = await at.api.get(`/api/devices/status?${query}`);
      expect(answer).toMatchObject({ status: 400, body: { errors: expect.any(Object) } });
    });
  });

  describe("alerts", () => {
    const list = async (query: string) => (await at.api.get(`/api/alerts?${query}`)).body;

    test("are listed with their device, newest first, and are acknowledged once", async () => {
      const [alert] = await list("active=true&severity=CRITICAL&type=high_power&device=a");
      expect(alert).toMatchObject({
        id: expect.any(Number),
        device_code: "a",
        severity: "CRITICAL",
        alert_type: "high_power",
        message: expect.stringContaining("2,300 W"),
        created_at: expect.stringMatching(/Z$/),
        acknowledged_at: null,
        acknowledged_by: null,
        resolved_at: null,
        occurrences: 1,
        last_triggered_at: expect.stringMatching(/Z$/),
      });
      const path = `/api/alerts/${alert.id}/acknowledge`;
      const done = await at.api.patch(path, { comment: "on my way" });
      expect(done.status).toBe(200);
      expect(done.body).toMatchObject({
        id: alert.id,
        acknowledged_at: expect.any(String),
        acknowledged_by: expect.any(String),
      });
      expect(await at.api.patch(path)).toMatchObject({ status: 200, body: done.body });
      expect(await list("active=true&device=a")).toEqual([]);
      expect(await list("active=false&device=a")).toHaveLength(1);
    });

    test.each([
      "active=yes",
      "severity=BAD",
      "type=other",
      "from=yesterday",
      "to=2025-13-01",
      "limit=0",
      "cursor=x",
      "device=%00",
    ])("%s is 400", async (query) => {
      const answer = await at.api.get(`/api/alerts?${query}`);
      expect(answer).toMatchObject({ status: 400, body: { errors: expect.any(Object) } });
    });

    test.each(["2000000000", "0", "-1", "x", "1.5", "99999999999999999999"])(
      "acknowledging %s is 404",
      async (id) => {
        expect((await at.api.patch(`/api/alerts/${id}/acknowledge`, {})).status).toBe(404);
      },
    );
  });
});
