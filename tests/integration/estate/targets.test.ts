import { afterAll, beforeAll, expect, test } from "vitest";
import * as target from "@/app/api/targets/[id]/route";
import * as targets from "@/app/api/targets/route";
import { makeDevice, makeZone } from "../../support/factories";
import { callRoutes, startRuntime } from "../../support/routes";

const api = callRoutes({ "/api/targets": targets, "/api/targets/[id]": target });

let database: Awaited<ReturnType<typeof startRuntime>>;
beforeAll(async () => {
  database = await startRuntime();
});
afterAll(() => database.stop());

test("a target is created, replaced, read, changed and deleted", async () => {
  const zone = await makeZone(database.sql);
  const message = { zone_id: zone.id, date: "2026-03-01", target_value: 10 };
  const made = await api.post("/api/targets", message);
  expect(made.status).toBe(201);
  const { id } = made.body;
  expect(made.body).toEqual({
    ...{ id, scope: "zone", zone_id: zone.id, zone_code: zone.code },
    ...{ device_id: null, device_code: null, date: "2026-03-01", target_value: 10 },
  });
  const replaced = await api.post("/api/targets", { ...message, scope: "zone", target_value: 0 });
  expect(replaced).toMatchObject({ status: 200, body: { id, target_value: 0 } });
  const moved = await api.patch(`/api/targets/${id}`, { date: "2026-03-02", zone_id: 5 });
  expect(moved).toMatchObject({ status: 400, body: { errors: { zone_id: ["Unknown field."] } } });
  const changed = await api.patch(`/api/targets/${id}`, { date: "2026-03-02" });
  expect(changed.body).toEqual({ ...made.body, date: "2026-03-02", target_value: 0 });
  expect((await api.patch(`/api/targets/${id}`, {})).body).toEqual(changed.body);
  expect((await api.get(`/api/targets/${id}`)).body).toEqual(changed.body);
  expect((await api.del(`/api/targets/${id}`)).status).toBe(204);
  expect((await api.del(`/api/targets/${id}`)).status).toBe(404);
  expect((await api.patch(`/api/targets/${id}`, {})).status).toBe(404);
});

test("a device is named by id or by code and is the same target", async () => {
  const device = await makeDevice(database.sql);
  const rest = { date: "2026-03-01", target_value: 3 };
  const byCode = await api.post("/api/targets", { device_code: device.code, ...rest });
  expect(byCode).toMatchObject({
    status: 201,
    body: { scope: "device", device_id: device.id, device_code: device.code, zone_id: null },
  });
  const byId = await api.post("/api/targets", { device_id: device.id, zone_id: null, ...rest });
  expect(byId).toMatchObject({ status: 200, body: { id: byCode.body.id } });
});

test.each([
  [{ date: "2026-01-01", target_value: 1 }, ["zone_id"]],
  [
    { zone_id: 1, device_code: "x", date: "2026-01-01", target_value: 1 },
    ["device_code", "zone_id"],
  ],
  [{ zone_id: 1, scope: "device", date: "2026-01-01", target_value: 1 }, ["scope"]],
  [{ device_code: "x", scope: "zone", date: "2026-01-01", target_value: 1 }, ["scope"]],
  [{ device_code: "nobody", date: "2026-01-01", target_value: 1 }, ["device_code"]],
  [{ device_id: 2_000_000_000, date: "2026-01-01", target_value: 1 }, ["device_id"]],
  [{ zone_id: 2_000_000_000, date: "2026-01-01", target_value: 1 }, ["zone_id"]],
  [{ zone_id: 1, date: "2026-02-30", target_value: -1 }, ["date", "target_value"]],
  [{ zone_id: 1, date: "0000-01-01", target_value: 2 ** 31 }, ["date", "target_value"]],
  [{ zone_id: 1, target_value: 1.5 }, ["date", "target_value"]],
])("%j is refused", async (message, fields) => {
  const { status, body } = await api.post("/api/targets", message);
  expect(status).toBe(400);
  expect(Object.keys(body.errors).sort()).toEqual(fields);
});

test("100 posts at once make one target, and one of them says that it did", async () => {
  const zone = await makeZone(database.sql);
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, target_value) =>
      api.post("/api/targets", { zone_id: zone.id, date: "2026-04-01", target_value }),
    ),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(99);
  const rows = await database.sql`select * from targets where zone_id = ${zone.id}`;
  expect(rows).toHaveLength(1);
});

test("a target can't be moved onto another one", async () => {
  const { id: zone_id } = await makeZone(database.sql);
  const post = (date: string) => api.post("/api/targets", { zone_id, date, target_value: 1 });
  const [first] = [await post("2026-05-01"), await post("2026-05-02")];
  const moved = await api.patch(`/api/targets/${first.body.id}`, { date: "2026-05-02" });
  expect(moved).toMatchObject({ status: 409, body: { errors: { date: expect.any(Array) } } });
});

test("the list is filtered by place and date, a zone's with its devices', and comes in pages", async () => {
  const device = await makeDevice(database.sql);
  const other = await makeDevice(database.sql);
  const day = (n: number) => `2027-01-0${n}`;
  for (const n of [1, 2, 3]) {
    const rest = { date: day(n), target_value: n };
    await api.post("/api/targets", { device_id: device.id, ...rest });
    await api.post("/api/targets", { zone_id: device.zoneId, ...rest });
    await api.post("/api/targets", { device_id: other.id, ...rest });
  }
  const list = async (query: string) =>
    (await api.get(`/api/targets?${query}`)).body.map(
      (row: { scope: string; date: string }) => `${row.date} ${row.scope}`,
    );
  const days = (...numbers: number[]) =>
    numbers.flatMap((n) => [`${day(n)} zone`, `${day(n)} device`]);
  expect(await list(`zone=${device.zoneId}`)).toEqual(days(3, 2, 1));
  expect(await list(`facility=${device.facilityId}`)).toEqual(days(3, 2, 1));
  expect(await list(`device=${device.code}&date=${day(2)}`)).toEqual([`${day(2)} device`]);
  const range = `zone=${device.zoneId}&date_from=${day(2)}&date_to=${day(3)}`;
  expect(await list(range)).toEqual(days(3, 2));
  expect(await list(`zone=${device.zoneId}&date_from=${day(3)}&date_to=${day(2)}`)).toEqual(
    days(3, 2),
  );
  const first = await api.get(`/api/targets?zone=${device.zoneId}&limit=4`);
  expect(first.headers.get("x-total-count")).toBe("6");
  const next = /^<(.*)>; rel="next"$/.exec(first.headers.get("link") ?? "")?.[1];
  const second = await api.get(next!);
  expect([...first.body, ...second.body]).toEqual(
    (await api.get(`/api/targets?zone=${device.zoneId}`)).body,
  );
  expect(second.headers.get("link")).toBeNull();
});

test.each(["date=0000-01-01", "date_from=tomorrow", "zone=2000000000", "device=nobody"])(
  "%s is refused and named",
  async (query) => {
    const { status, body } = await api.get(`/api/targets?${query}`);
    expect(status).toBe(400);
    expect(Object.keys(body.errors)).toEqual([query.split("=")[0]]);
  },
);
