import { describe, expect, test } from "vitest";
import { secondsFromNow } from "@/tests/support/clock";
import { describeBothKinds } from "@/tests/support/contract";
import { makeDevice } from "@/tests/support/factories";
import { at as moment, parkingLog, reading } from "@/tests/support/messages";

describeBothKinds("a message that is wrong", (at) => {
  const device = () => makeDevice(at.sql);
  const telemetry = (body: unknown) => at.api.post("/api/telemetry", body);
  const log = (body: unknown) => at.api.post("/api/parking-log", body);

  describe("what is wrong is said by field", () => {
    test.each([
      ["voltage", { voltage: -1 }],
      ["voltage", { voltage: "230" }],
      ["voltage", { voltage: null }],
      ["current", { current: -0.001 }],
      ["current", { current: [1] }],
      ["power_factor", { power_factor: 1.5 }],
      ["power_factor", { power_factor: -0.5 }],
      ["temperature_c", { temperature_c: "hot" }],
      ["battery_v", { battery_v: true }],
      ["rssi_dbm", { rssi_dbm: {} }],
      ["timestamp", { timestamp: "yesterday" }],
      ["timestamp", { timestamp: "2025-02-30T00:00:00Z" }],
      ["timestamp", { timestamp: 1740823200 }],
      ["timestamp", { timestamp: null }],
      ["device_code", { device_code: 12 }],
      ["device_code", { device_code: "" }],
      ["device_code", { device_code: "x".repeat(129) }],
    ])("telemetry: %s %j", async (field, change) => {
      const { id, code } = await device();
      const answer = await telemetry({ ...reading(code, moment(0)), ...change });
      expect(answer.status).toBe(400);
      expect(answer.headers.get("content-type")).toMatch(/^application\/problem\+json/);
      expect(answer.body).toMatchObject({ status: 400, title: "Bad Request" });
      expect(answer.body.detail).toContain(field);
      expect(answer.body.errors).toEqual({ [field]: [expect.any(String)] });
      expect(await at.sql`select from telemetry where device_id = ${id}`).toHaveLength(0);
    });

    test.each(["voltage", "current", "timestamp", "device_code"])(
      "telemetry without %s",
      async (field) => {
        const { code } = await device();
        const { body, status } = await telemetry({
          ...reading(code, moment(0)),
          [field]: undefined,
        });
        expect({ status, errors: body.errors }).toEqual({
          status: 400,
          errors: { [field]: ["Required."] },
        });
      },
    );

    test.each([
      ["is_occupied", { is_occupied: "true" }],
      ["is_occupied", { is_occupied: 1 }],
      ["is_occupied", { is_occupied: undefined }],
      ["timestamp", { timestamp: "" }],
      ["device_code", { device_code: ["A"] }],
    ])("parking log: %s %j", async (field, change) => {
      const { code } = await device();
      const answer = await log({ ...parkingLog(code, moment(0)), ...change });
      expect(answer.status).toBe(400);
      expect(Object.keys(answer.body.errors)).toEqual([field]);
    });

    test("all faults at once, the unknown device and the future among them", async () => {
      const answer = await telemetry({
        device_code: "nobody",
        timestamp: secondsFromNow(3600),
        voltage: -1,
      });
      expect(answer.body.errors).toEqual({
        device_code: ["Device not found."],
        timestamp: [expect.any(String)],
        voltage: [expect.any(String)],
        current: ["Required."],
      });
    });
  });
});
