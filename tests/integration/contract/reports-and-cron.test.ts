import { beforeAll, describe, expect, test } from "vitest";
import { secondsFromNow } from "@/tests/support/clock";
import { CRON_SECRET, describeBothKinds } from "@/tests/support/contract";
import { makeDevice, makeFacility, makeZone } from "@/tests/support/factories";
import { parkingLog, reading } from "@/tests/support/messages";

const DAY = "2025-03-03";

describeBothKinds("reports and the scheduler's call", (at) => {
  let zoneId: number;

  beforeAll(async () => {
    const facilityId = (await makeFacility(at.sql, { timeZone: "Asia/Shanghai" })).id;
    zoneId = (await makeZone(at.sql, { facilityId, code: "N" })).id;
    await makeDevice(at.sql, { zoneId, code: "a" });
    await makeDevice(at.sql, { zoneId, code: "b" });
    await at.api.post("/api/parking-log/bulk", [
      parkingLog("a", `${DAY}T08:15:00+08:00`, true),
      parkingLog("a", `${DAY}T09:15:00+08:00`, false),
      parkingLog("b", `${DAY}T08:45:00+08:00`, true),
      parkingLog("b", "2025-03-04T00:00:00+08:00", false),
    ]);
  });

  describe("reports/usage", () => {
    const report = (query: string) => at.api.get(`/api/reports/usage?${query}`);
    const rows = [
      "date,device_code,zone_code,facility,is_occupied,timestamp",
      `${DAY},a,N,FACILITY,true,${DAY}T08:15:00+08:00`,
      `${DAY},b,N,FACILITY,true,${DAY}T08:45:00+08:00`,
      `${DAY},a,N,FACILITY,false,${DAY}T09:15:00+08:00`,
    ];

    test("is a CSV download of the local dates, either way round", async () => {
      const { status, body, headers } = await report(`date_from=${DAY}&date_to=${DAY}`);
      expect(status).toBe(200);
      expect(headers.get("content-type")).toMatch(/^text\/csv/);
      expect(headers.get("content-disposition")).toMatch(/^attachment; filename=/);
      const lines = body
        .replace(/^\ufeff/, "")
        .trim()
        .split(/\r?\n/);
      const plain = lines.map((line: string) => line.replace(/facility-\d+/, "FACILITY"));
      expect(plain.slice(0, 1)).toEqual(rows.slice(0, 1));
      expect(plain.slice(1).sort()).toEqual(rows.slice(1).sort());
      const swapped = await report("date_from=2025-03-04&date_to=2025-03-03");
      const straight = await report("date_from=2025-03-03&date_to=2025-03-04");
      expect(swapped.body).toBe(straight.body);
      expect(straight.body).toContain("2025-03-04T00:00:00+08:00");
    });

    test("is also JSON", async () => {
      const { status, body, headers } = await report(`date_from=${DAY}&date_to=${DAY}&format=json`);
      expect(status).toBe(200);
      expect(headers.get("content-type")).toMatch(/^application\/json/);
      expect(JSON.stringify(body)).toContain(`${DAY}T08:15:00+08:00`);
    });

    test.each([
      "",
      "date_from=2025-03-03",
      "date_from=2025-03-03&date_to=x",
      "date_from=2025-03-03&date_to=2025-03-03&format=exe",
      "date_from=2025-03-03&date_to=2025-03-03&zone=x",
    ])("%j is 400", async (query) => {
      const answer = await report(query);
      expect(answer.status).toBe(400);
      expect(answer.headers.get("content-type")).toMatch(/^application\/problem\+json/);
    });
  });

  describe("cron/offline-check", () => {
    const asScheduler = { headers: { Authorization: `Bearer ${CRON_SECRET}` } };

    test("raises one alert for a device that fell silent, by GET and by POST", async () => {
      const { id, code } = await makeDevice(at.sql, { zoneId });
      await at.api.post("/api/telemetry", reading(code, secondsFromNow(-600)));
      const first = await at.api.get("/api/cron/offline-check", asScheduler);
      expect(first).toMatchObject({
        status: 200,
        body: {
          checked: expect.any(Number),
          raised: expect.any(Number),
          resolved: expect.any(Number),
          took_ms: expect.any(Number),
        },
      });
      const again = await at.api.post("/api/cron/offline-check", undefined, asScheduler);
      expect(again.status).toBe(200);
      const alerts = await at.sql`
        select alert_type, severity, resolved_at from alerts where device_id = ${id}`;
      expect([...alerts]).toEqual([
        { alert_type: "offline", severity: "WARNING", resolved_at: null },
      ]);
      await at.api.post("/api/telemetry", reading(code, secondsFromNow(0)));
      const [after] = await at.sql`select resolved_at from alerts where device_id = ${id}`;
      expect(after?.resolved_at).not.toBeNull();
    });

    test("raises nothing after an outage for devices that were heard until it began", async () => {
      await at.api.get("/api/cron/offline-check", asScheduler);
      const devices = await Promise.all(
        Array.from({ length: 10 }, () => makeDevice(at.sql, { zoneId })),
      );
      for (const { code } of devices) {
        await at.api.post("/api/telemetry", reading(code, secondsFromNow(-200)));
      }
      // Nothing has run and nothing was received since 195 s ago.
      await at.sql`update scheduled_jobs set last_started_at = now() - interval '195 s'`;
      const alerts = () => at.sql`
        select 1 from alerts where device_id in ${at.sql(devices.map(({ id }) => id))}`;
      for (let call = 1; call <= 3; call++) {
        const { body } = await at.api.get("/api/cron/offline-check", asScheduler);
        expect([body.raised, (await alerts()).length]).toEqual([0, 0]);
      }
      // Silence goes on counting from there: 5 s before the outage, 116 s since.
      await at.sql`
        update scheduled_jobs set gap_to = gap_to - interval '116 s',
                                  gap_from = gap_from - interval '116 s'`;
      await at.sql`
        update device_state set last_telemetry_at = last_telemetry_at - interval '116 s'
        where device_id in ${at.sql(devices.map(({ id }) => id))}`;
      await at.api.post("/api/cron/offline-check", undefined, asScheduler);
      expect(await alerts()).toHaveLength(10);
    });

    test("takes the usual minute between two calls of a scheduler for no outage", async () => {
      const { id, code } = await makeDevice(at.sql, { zoneId });
      await at.api.post("/api/telemetry", reading(code, secondsFromNow(-125)));
      await at.sql`
        update scheduled_jobs
        set last_started_at = now() - interval '60 s', gap_from = null, gap_to = null`;
      await at.api.get("/api/cron/offline-check", asScheduler);
      expect(await at.sql`select 1 from alerts where device_id = ${id}`).toHaveLength(1);
    });

    test.each([
      ["no secret", {}],
      ["a wrong secret", { Authorization: "Bearer wrong" }],
      ["another scheme", { Authorization: `Basic ${CRON_SECRET}` }],
    ])("with %s is 401", async (_, headers) => {
      const answer = await at.api.get("/api/cron/offline-check", { headers: { ...headers } });
      expect(answer).toMatchObject({ status: 401, body: { status: 401 } });
      expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer/);
    });
  });
});
