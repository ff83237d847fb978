import { describe, expect, test } from "vitest";
import { describeBothKinds } from "@/tests/support/contract";
import { makeFacility } from "@/tests/support/factories";
import { at as moment, parkingLog, reading } from "@/tests/support/messages";

describeBothKinds("management", (at) => {
  const facility = { code: "HQ", name: "Headquarters", time_zone: "Europe/Berlin" };
  let numbered = 0;
  const code = (noun: string) => `${noun} ${++numbered}`;
  const newFacility = async (change: object = {}) =>
    (await at.api.post("/api/facilities", { ...facility, code: code("F"), ...change })).body;
  const newZone = async (facilityId: number) =>
    (await at.api.post("/api/zones", { facility_id: facilityId, code: code("Z"), name: "Zone" }))
      .body;
  const newDevice = async (zoneId: number, change: object = {}) =>
    (await at.api.post("/api/devices", { zone_id: zoneId, code: code("D"), ...change })).body;

  test("a facility is created, read, changed and deleted", async () => {
    const place = { address: "Unter den Linden 1", latitude: 52.5, longitude: 13.4 };
    const created = await at.api.post("/api/facilities", { ...facility, ...place });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ id: expect.any(Number), ...facility, ...place });
    const path = `/api/facilities/${created.body.id}`;
    expect(created.headers.get("location")).toBe(path);
    expect(await at.api.get(path)).toMatchObject({ status: 200, body: created.body });
    const changed = await at.api.patch(path, { name: "Main building", address: null });
    expect(changed).toMatchObject({
      status: 200,
      body: { ...created.body, name: "Main building", address: null },
    });
    expect((await at.api.get("/api/facilities")).body).toContainEqual(changed.body);
    expect((await at.api.del(path)).status).toBe(204);
    expect((await at.api.get(path)).status).toBe(404);
    expect((await at.api.del(path)).status).toBe(404);
  });

  test("a zone is created, read, changed and deleted", async () => {
    const { id: facilityId } = await newFacility();
    const created = await at.api.post("/api/zones", {
      facility_id: facilityId,
      code: "P1",
      name: "Level 1",
    });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ facility_id: facilityId, code: "P1", name: "Level 1" });
    const path = `/api/zones/${created.body.id}`;
    expect((await at.api.get(path)).body).toEqual(created.body);
    expect((await at.api.patch(path, { name: "Level one" })).body.name).toBe("Level one");
    expect((await at.api.del(path)).status).toBe(204);
    expect((await at.api.get(path)).status).toBe(404);
  });

  test("a device is created, sends at once, is read, changed and deleted while it has no history", async () => {
    const zone = await newZone((await newFacility()).id);
    const created = await at.api.post("/api/devices", {
      zone_id: zone.id,
      code: "Bay 1",
      name: "By the door",
      offline_after_seconds: 600,
    });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      id: expect.any(Number),
      zone_id: zone.id,
      code: "Bay 1",
      name: "By the door",
      offline_after_seconds: 600,
    });
    const path = `/api/devices/${created.body.id}`;
    expect((await at.api.get(path)).body).toEqual(created.body);
    const changed = await at.api.patch(path, { name: null, offline_after_seconds: null });
    expect(changed.body).toMatchObject({ name: null, offline_after_seconds: null });
    const other = await newDevice(zone.id);
    const sent = await at.api.post("/api/telemetry", reading(other.code, moment(0)));
    expect(sent.status).toBe(201);
    expect((await at.api.del(path)).status).toBe(204);
    const refused = await at.api.post("/api/telemetry", reading("Bay 1", moment(0)));
    expect(refused.body.errors).toEqual({ device_code: ["Device not found."] });
  });

  test("codes are unique: of facilities and devices everywhere, of zones in their facility", async () => {
    const one = await newFacility();
    const two = await newFacility();
    const again = await at.api.post("/api/facilities", { ...facility, code: one.code });
    expect(again).toMatchObject({ status: 409, body: { status: 409 } });
    expect((await at.api.patch(`/api/facilities/${two.id}`, { code: one.code })).status).toBe(409);
    const zone = { code: "A", name: "A" };
    for (const [facilityId, status] of [
      [one.id, 201],
      [one.id, 409],
      [two.id, 201],
    ]) {
      const answer = await at.api.post("/api/zones", { ...zone, facility_id: facilityId });
      expect(answer.status).toBe(status);
    }
    const [a, b] = [await newZone(one.id), await newZone(two.id)];
    const device = await newDevice(a.id);
    const twin = await at.api.post("/api/devices", { zone_id: b.id, code: device.code });
    expect(twin.status).toBe(409);
  });

  test.each([
    ["/api/facilities", { time_zone: "Mars/Olympus" }, "time_zone"],
    ["/api/facilities", { time_zone: "+08:00" }, "time_zone"],
    ["/api/facilities", { code: "" }, "code"],
    ["/api/facilities", { code: "x".repeat(129) }, "code"],
    ["/api/facilities", { code: "a\u0000b" }, "code"],
    ["/api/facilities", { name: 5 }, "name"],
    ["/api/facilities", { latitude: 91 }, "latitude"],
    ["/api/facilities", { longitude: "13" }, "longitude"],
    ["/api/zones", { facility_id: 2_000_000_000 }, "facility_id"],
    ["/api/zones", { facility_id: "1" }, "facility_id"],
    ["/api/zones", { name: "" }, "name"],
    ["/api/devices", { zone_id: 2_000_000_000 }, "zone_id"],
    ["/api/devices", { zone_id: -1 }, "zone_id"],
    ["/api/devices", { code: "a\tb" }, "code"],
    ["/api/devices", { offline_after_seconds: 0 }, "offline_after_seconds"],
    ["/api/devices", { offline_after_seconds: 1.5 }, "offline_after_seconds"],
  ])("%s with %j is 400 by field", async (path, change, field) => {
    const { id: facilityId } = await newFacility();
    const zone = await newZone(facilityId);
    const valid = {
      "/api/facilities": { ...facility, code: code("X") },
      "/api/zones": { facility_id: facilityId, name: "Level 1", code: code("X") },
      "/api/devices": { zone_id: zone.id, code: code("X") },
    }[path];
    const answer = await at.api.post(path, { ...valid, ...change });
    expect(answer.status).toBe(400);
    expect(Object.keys(answer.body.errors)).toEqual([field]);
  });

  describe("what has history is retired, not deleted", () => {
    test("a device with readings, and the zone and facility that hold something", async () => {
      const place = await newFacility();
      const zone = await newZone(place.id);
      const device = await newDevice(zone.id);
      await at.api.post("/api/parking-log", parkingLog(device.code, moment(0)));
      for (const path of [`devices/${device.id}`, `zones/${zone.id}`, `facilities/${place.id}`]) {
        const answer = await at.api.del(`/api/${path}`);
        expect(answer.status).toBe(409);
        expect(answer.body.detail).toMatch(/retire/i);
      }
    });

    test.each(["device", "zone", "facility"])(
      "a retired %s takes no messages until it is back in use",
      async (noun) => {
        const place = await newFacility();
        const zone = await newZone(place.id);
        const device = await newDevice(zone.id);
        const paths: Record<string, string> = {
          device: `/api/devices/${device.id}`,
          zone: `/api/zones/${zone.id}`,
          facility: `/api/facilities/${place.id}`,
        };
        const send = (second: number) =>
          at.api.post("/api/telemetry", reading(device.code, moment(second)));
        expect((await send(0)).status).toBe(201);
        const retired = await at.api.patch(paths[noun]!, { retired: true });
        expect(retired).toMatchObject({ status: 200, body: { retired: true } });
        await expect.poll(async () => (await send(1)).status, { timeout: 10_000 }).toBe(400);
        await at.api.patch(paths[noun]!, { retired: false });
        await expect.poll(async () => (await send(2)).status, { timeout: 10_000 }).toBe(201);
      },
    );
  });

  test("a change of limits holds for the next readings, in every process", async () => {
    const zone = await newZone((await newFacility()).id);
    const device = await newDevice(zone.id);
    await at.api.patch(`/api/devices/${device.id}`, { high_power_w: 50 });
    let second = 0;
    await expect
      .poll(
        async () => {
          const values = { voltage: 10, current: 6 };
          await at.api.post("/api/telemetry", reading(device.code, moment(second++), values));
          return (await at.api.get(`/api/alerts?device=${encodeURIComponent(device.code)}`)).body;
        },
        { timeout: 10_000 },
      )
      .toMatchObject([{ alert_type: "high_power" }]);
  });

  test("devices are imported from CSV", async () => {
    const { code: facilityCode } = await makeFacility(at.sql);
    const csv = `device_code,zone,facility\nimported-1,North,${facilityCode}\nimported-2,North,${facilityCode}\n`;
    const answer = await at.api.send("POST", "/api/devices/import", {
      headers: { "Content-Type": "text/csv" },
      body: csv,
    });
    expect(answer).toMatchObject({ status: 201, body: { created: 2, zones_created: 1 } });
    expect((await at.api.post("/api/telemetry", reading("imported-2", moment(0)))).status).toBe(
      201,
    );
  });

  test("a limit holds, and a device is taken back, from the answer to its change on", async () => {
    const { id: facilityId } = await newFacility();
    const { id: zoneId } = await newZone(facilityId);
    const device = await newDevice(zoneId);
    const send = (second: number) =>
      at.api.post("/api/telemetry", reading(device.code, moment(second)));
    expect((await send(0)).status).toBe(201);
    for (let round = 1; round <= 20; round++) {
      const limit = round % 2 === 0 ? 2000 : 100;
      await at.api.patch(`/api/devices/${device.id}`, { high_power_w: limit });
      expect((await send(round * 3)).status).toBe(201);
      const alerts = await at.api.get(`/api/alerts?device=${device.code}`);
      const triggered = Math.ceil(round / 2);
      expect(alerts.body.map((alert: { occurrences: number }) => alert.occurrences)).toEqual([
        triggered,
      ]);
      await at.api.patch(`/api/devices/${device.id}`, { retired: true });
      expect((await send(round * 3 + 1)).body.errors).toEqual({
        device_code: ["Device is retired."],
      });
      await at.api.patch(`/api/devices/${device.id}`, { retired: false });
    }
  });
});
