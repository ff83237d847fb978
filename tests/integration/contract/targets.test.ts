import { expect, test } from "vitest";
import { describeBothKinds } from "@/tests/support/contract";
import { makeDevice, makeZone } from "@/tests/support/factories";

describeBothKinds("targets", (at) => {
  test("are created, replaced, read, changed and deleted", async () => {
    const zone = await makeZone(at.sql);
    const target = { zone_id: zone.id, date: "2025-03-03", target_value: 40 };
    const created = await at.api.post("/api/targets", target);
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      id: expect.any(Number),
      scope: "zone",
      zone_code: zone.code,
      device_id: null,
      ...target,
    });
    const replaced = await at.api.post("/api/targets", { ...target, target_value: 50 });
    expect(replaced).toMatchObject({
      status: 200,
      body: { ...created.body, target_value: 50 },
    });
    const path = `/api/targets/${created.body.id}`;
    const changed = await at.api.patch(path, { target_value: 0 });
    expect(changed).toMatchObject({ status: 200, body: { target_value: 0 } });
    const list = await at.api.get(`/api/targets?date=2025-03-03&zone=${zone.id}`);
    expect(list.body).toEqual([changed.body]);
    expect((await at.api.del(path)).status).toBe(204);
    expect((await at.api.patch(path, { target_value: 1 })).status).toBe(404);
    expect((await at.api.del(path)).status).toBe(404);
  });

  test("of a device name the device", async () => {
    const device = await makeDevice(at.sql);
    const target = { device_id: device.id, date: "2025-03-03", target_value: 4 };
    expect(await at.api.post("/api/targets", target)).toMatchObject({
      status: 201,
      body: { scope: "device", device_code: device.code, zone_id: null },
    });
  });

  test.each([
    ["target_value", { target_value: -1 }],
    ["target_value", { target_value: 1.5 }],
    ["target_value", { target_value: "4" }],
    ["date", { date: "2025-02-30" }],
    ["zone_id", { zone_id: 2_000_000_000 }],
  ])("are refused with a bad %s %j", async (field, change) => {
    const { id } = await makeZone(at.sql);
    const target = { zone_id: id, date: "2025-03-03", target_value: 4, ...change };
    const answer = await at.api.post("/api/targets", target);
    expect(answer.status).toBe(400);
    expect(Object.keys(answer.body.errors)).toEqual([field]);
  });

  test("belong to one zone or one device, not to both and not to none", async () => {
    const { id, zoneId } = await makeDevice(at.sql);
    const target = { date: "2025-03-03", target_value: 4 };
    expect((await at.api.post("/api/targets", target)).status).toBe(400);
    const both = { ...target, zone_id: zoneId, device_id: id };
    expect((await at.api.post("/api/targets", both)).status).toBe(400);
  });
});
