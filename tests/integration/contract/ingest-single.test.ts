import { expect, test } from "vitest";
import { secondsFromNow } from "@/tests/support/clock";
import { describeBothKinds } from "@/tests/support/contract";
import { makeDevice, makeFacility, makeZone } from "@/tests/support/factories";
import { at as moment, parkingLog, reading } from "@/tests/support/messages";

const VALUES = { voltage: 231.5, current: 4.25, power_factor: 0.97, temperature_c: -12.5 };
const RADIO = { battery_v: 3.6, rssi_dbm: -71 };

describeBothKinds("a single message", (at) => {
  const device = () => makeDevice(at.sql);
  const telemetry = (body: unknown) => at.api.post("/api/telemetry", body);
  const log = (body: unknown) => at.api.post("/api/parking-log", body);

  test("a reading is stored as it was sent", async () => {
    const { id, code } = await device();
    const answer = await telemetry(reading(code, moment(0), { ...VALUES, ...RADIO }));
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      id: expect.anything(),
      device_code: code,
      timestamp: "2025-03-03T10:00:00.000Z",
    });
    expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
    const [row] = await at.sql`select * from telemetry where device_id = ${id}`;
    expect(row).toEqual({
      device_id: id,
      timestamp: new Date(moment(0)),
      ...VALUES,
      ...RADIO,
    });
  });

  test("a reading without its optional values, or with null for them, is stored", async () => {
    const { id, code } = await device();
    expect((await telemetry(reading(code, moment(0)))).status).toBe(201);
    const nulls = { power_factor: null, temperature_c: null, battery_v: null, rssi_dbm: null };
    expect((await telemetry(reading(code, moment(1), nulls))).status).toBe(201);
    const rows = await at.sql`select power_factor, rssi_dbm from telemetry where device_id = ${id}`;
    expect([...rows]).toEqual(Array(2).fill({ power_factor: null, rssi_dbm: null }));
  });

  test("a parking log is stored as it was sent", async () => {
    const { id, code } = await device();
    const answer = await log(parkingLog(code, moment(0), false));
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      id: expect.anything(),
      device_code: code,
      is_occupied: false,
      timestamp: "2025-03-03T10:00:00.000Z",
    });
    const rows = await at.sql`select is_occupied from parking_logs where device_id = ${id}`;
    expect([...rows]).toEqual([{ is_occupied: false }]);
  });

  test("the same reading again is a conflict and stays as it first came", async () => {
    const { id, code } = await device();
    await telemetry(reading(code, moment(0), { voltage: 230 }));
    const again = await telemetry(reading(code, moment(0), { voltage: 120 }));
    expect(again.status).toBe(409);
    expect(again.headers.get("content-type")).toMatch(/^application\/problem\+json/);
    const rows = await at.sql`select voltage from telemetry where device_id = ${id}`;
    expect([...rows]).toEqual([{ voltage: 230 }]);
  });

  test("the same instant in another offset is the same reading", async () => {
    const { code } = await device();
    expect((await telemetry(reading(code, "2025-03-03T10:00:00+08:00"))).status).toBe(201);
    expect((await telemetry(reading(code, "2025-03-03T02:00:00Z"))).status).toBe(409);
    expect((await telemetry(reading(code, "2025-03-03T02:00:00"))).status).toBe(409);
  });

  test("the same event again is a conflict, the other state at that time is an event", async () => {
    const { id, code } = await device();
    expect((await log(parkingLog(code, moment(0), true))).status).toBe(201);
    expect((await log(parkingLog(code, moment(0), true))).status).toBe(409);
    expect((await log(parkingLog(code, moment(0), false))).status).toBe(201);
    expect((await log(parkingLog(code, moment(0), false))).status).toBe(409);
    const [state] = await at.sql`select is_occupied from device_state where device_id = ${id}`;
    expect(state).toEqual({ is_occupied: false });
  });

  test("of two states at one timestamp the later received one is current", async () => {
    const { id, code } = await device();
    await log(parkingLog(code, moment(0), false));
    await log(parkingLog(code, moment(0), true));
    const [state] = await at.sql`select is_occupied from device_state where device_id = ${id}`;
    expect(state).toEqual({ is_occupied: true });
  });

  test("extra fields are ignored", async () => {
    const { code } = await device();
    const extra = { firmware: "1.2.3", nested: { deep: [1, 2] }, id: 5 };
    expect((await telemetry(reading(code, moment(0), extra))).status).toBe(201);
    expect((await log({ ...parkingLog(code, moment(0)), ...extra })).status).toBe(201);
  });

  test("spaces around a code are trimmed", async () => {
    const { code } = await device();
    const answer = await telemetry(reading(` ${code}\t`, moment(0)));
    expect(answer).toMatchObject({ status: 201, body: { device_code: code } });
  });

  test("a timestamp without offset is UTC", async () => {
    const { code } = await device();
    const answer = await telemetry(reading(code, "2025-07-01T12:34:56"));
    expect(answer.body.timestamp).toBe("2025-07-01T12:34:56.000Z");
  });

  test("up to 60 s of the future are tolerated", async () => {
    const { code } = await device();
    expect((await telemetry(reading(code, secondsFromNow(50)))).status).toBe(201);
    expect((await log(parkingLog(code, secondsFromNow(50)))).status).toBe(201);
    const refused = await telemetry(reading(code, secondsFromNow(75)));
    expect(refused.status).toBe(400);
    expect(refused.body.errors).toEqual({ timestamp: [expect.stringContaining("60 s")] });
    expect((await log(parkingLog(code, secondsFromNow(75)))).body.errors).toHaveProperty(
      "timestamp",
    );
  });

  test("history from the year 2000 on is stored, in whatever order it comes", async () => {
    const { id, code } = await device();
    for (const day of ["2024-02-29", "2000-01-01", "2012-12-31", "2025-01-01"]) {
      expect((await telemetry(reading(code, moment(0, day)))).status).toBe(201);
      expect((await log(parkingLog(code, moment(0, day)))).status).toBe(201);
    }
    const [stored] = await at.sql`select count(*)::int as n from telemetry where device_id = ${id}`;
    expect(stored).toEqual({ n: 4 });
    expect((await telemetry(reading(code, "1999-12-31T23:59:59Z"))).status).toBe(400);
  });

  test("exact timestamps to the millisecond are kept", async () => {
    const { code } = await device();
    for (const ms of ["001", "499", "999"]) {
      const timestamp = `2025-03-03T10:00:00.${ms}Z`;
      const sent = reading(code, timestamp);
      expect(await telemetry(sent)).toMatchObject({ status: 201, body: { timestamp } });
      expect((await telemetry(sent)).status).toBe(409);
    }
  });

  test("an unknown device is a fault of the field device_code", async () => {
    for (const answer of [
      await telemetry(reading("nobody", moment(0))),
      await log(parkingLog("nobody", moment(0))),
    ]) {
      expect(answer.status).toBe(400);
      expect(answer.body.errors).toEqual({ device_code: ["Device not found."] });
    }
  });

  test("codes are told apart by case", async () => {
    await makeDevice(at.sql, { code: "Case-1" });
    expect((await telemetry(reading("case-1", moment(0)))).status).toBe(400);
  });

  test("a device that was made a moment ago elsewhere is known at once", async () => {
    expect((await telemetry(reading("late-comer", moment(0)))).status).toBe(400);
    await makeDevice(at.sql, { code: "late-comer" });
    expect((await telemetry(reading("late-comer", moment(0)))).status).toBe(201);
  });

  test("a retired device is refused by field, and so are those of a retired zone or facility", async () => {
    const retiredAt = new Date();
    const zone = await makeZone(at.sql, { retiredAt });
    const facility = await makeFacility(at.sql, { retiredAt });
    const zoneOfRetired = await makeZone(at.sql, { facilityId: facility.id });
    for (const overrides of [{ retiredAt }, { zoneId: zone.id }, { zoneId: zoneOfRetired.id }]) {
      const { id, code } = await makeDevice(at.sql, overrides);
      const answer = await telemetry(reading(code, moment(0)));
      expect(answer.status).toBe(400);
      expect(answer.body.errors).toEqual({ device_code: [expect.stringContaining("retired")] });
      expect(await at.sql`select from telemetry where device_id = ${id}`).toHaveLength(0);
    }
  });

  test("a device deleted behind the server's back is unknown, not an error of the server", async () => {
    const { id, code } = await device();
    await telemetry(reading(code, moment(0)));
    await at.sql`delete from devices where id = ${id}`;
    for (const answer of [
      await telemetry(reading(code, moment(1))),
      await log(parkingLog(code, moment(1))),
    ]) {
      expect(answer.status).toBe(400);
      expect(answer.body.errors).toEqual({ device_code: ["Device not found."] });
    }
  });
});
