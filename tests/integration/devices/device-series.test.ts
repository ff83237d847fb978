import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as route from "@/app/api/devices/[id]/series/route";
import { monthOf, Partitions } from "@/db/partitions";
import { isGap, type SeriesPoint } from "@/lib/domain/messages/series";
import { makeKey } from "@/tests/support/accounts";
import { type Device, makeDevice, makeFacility, makeZone } from "@/tests/support/factories";
import { callRoutes, startRuntime } from "@/tests/support/routes";

let database: Awaited<ReturnType<typeof startRuntime>>;
beforeAll(async () => {
  database = await startRuntime();
});
afterAll(async () => {
  await database.stop();
});

const get = (device: { id: number | string }, search: string) =>
  callRoutes({ "/api/devices/[id]/series": route }).get(
    `/api/devices/${device.id}/series?${search}`,
  );

type Reading = [at: string, voltage: number, current: number];

async function store(device: Device, readings: Reading[]) {
  const rows = readings.map(([timestamp, voltage, current]) => ({
    ...{ device_id: device.id, timestamp, voltage, current },
  }));
  const months = rows.map(({ timestamp }) => monthOf(Date.parse(timestamp)));
  await new Partitions(database.sql).ensure("telemetry", months);
  for (let i = 0; i < rows.length; i += 5_000) {
    await database.sql`insert into telemetry ${database.sql(rows.slice(i, i + 5_000))}`;
  }
}

const at = (iso: string, seconds: number) =>
  new Date(Date.parse(iso) + seconds * 1000).toISOString();

describe("GET /api/devices/[id]/series", () => {
  it("keeps lowest, mean and highest of each bucket, and leaves empty ones out", async () => {
    const device = await makeDevice(database.sql);
    await store(device, [
      ["2025-03-02T10:00:00.000Z", 230, 1],
      ["2025-03-02T10:00:59.999Z", 234, 3],
      ["2025-03-02T10:01:00.000Z", 228, 2],
      ["2025-03-02T10:05:30.000Z", 231, 0],
      ["2025-03-02T10:10:00.000Z", 999, 99],
    ]);
    const range = "from=2025-03-02T10:00:00Z&to=2025-03-02T10:10:00Z";
    const { status, body } = await get(device, `${range}&points=11`);
    expect(status).toBe(200);
    expect(body).toEqual({
      ...{ device_id: device.id, device_code: device.code, time_zone: "UTC" },
      ...{ from: "2025-03-02T10:00:00.000Z", to: "2025-03-02T10:10:00.000Z" },
      ...{ bucket_seconds: 60, readings: 4 },
      points: [
        {
          ...{ at: "2025-03-02T10:00:00.000Z", readings: 2 },
          voltage: { min: 230, avg: 232, max: 234 },
          current: { min: 1, avg: 2, max: 3 },
          // Of each reading: 230 W and 702 W, not 232 V times 2 A.
          power_w: { min: 230, avg: 466, max: 702 },
        },
        {
          ...{ at: "2025-03-02T10:01:00.000Z", readings: 1 },
          voltage: { min: 228, avg: 228, max: 228 },
          current: { min: 2, avg: 2, max: 2 },
          power_w: { min: 456, avg: 456, max: 456 },
        },
        {
          ...{ at: "2025-03-02T10:05:00.000Z", readings: 1 },
          voltage: { min: 231, avg: 231, max: 231 },
          current: { min: 0, avg: 0, max: 0 },
          power_w: { min: 0, avg: 0, max: 0 },
        },
      ],
    });
  });

  it("loses no peak of a long range, and no reading", async () => {
    const device = await makeDevice(database.sql);
    const start = "2025-01-20T00:00:00.000Z";
    const readings: Reading[] = [];
    for (let i = 0; i < 28 * 24 * 60; i++) readings.push([at(start, i * 60), 230, 1]);
    readings[12_345]![2] = 42;
    readings[23_456]![1] = 180;
    await store(device, readings);
    const { body } = await get(device, "from=2025-01-20&to=2025-02-16&points=600");
    const points: SeriesPoint[] = body.points;
    expect(points.length).toBeLessThanOrEqual(600);
    expect(points.length).toBeGreaterThan(300);
    expect(body.readings).toBe(readings.length);
    expect(points.reduce((sum, { readings }) => sum + readings, 0)).toBe(readings.length);
    const highest = points.filter(({ current }) => current.max === 42);
    const lowest = points.filter(({ voltage }) => voltage.min === 180);
    expect([highest.length, lowest.length]).toEqual([1, 1]);
    expect(highest[0]!.power_w.max).toBe(230 * 42);
    expect(highest[0]!.voltage).toEqual({ min: 230, avg: 230, max: 230 });
    const bucketMs = body.bucket_seconds * 1000;
    const peakAt = Date.parse(at(start, 12_345 * 60));
    expect(peakAt - Date.parse(highest[0]!.at)).toBeGreaterThanOrEqual(0);
    expect(peakAt - Date.parse(highest[0]!.at)).toBeLessThan(bucketMs);
  });

  it("shows a silence as a gap", async () => {
    const device = await makeDevice(database.sql);
    const start = "2025-03-05T00:00:00.000Z";
    const minutes = [...Array(600).keys(), ...Array.from({ length: 300 }, (_, i) => 900 + i)];
    await store(
      device,
      minutes.map((minute): Reading => [at(start, minute * 60), 230, 1]),
    );
    const { body } = await get(device, "from=2025-03-05&to=2025-03-05");
    const points: SeriesPoint[] = body.points;
    const limits = { bucketSeconds: body.bucket_seconds, offlineAfterSeconds: 120 };
    const gaps = points
      .slice(1)
      .flatMap((point, i) => (isGap(points[i]!, point, limits) ? [[points[i]!.at, point.at]] : []));
    expect(gaps).toEqual([[at(start, 600 * 60 - body.bucket_seconds), at(start, 900 * 60)]]);
  });

  it("a local day is 25 h long when the clocks are set back, its buckets as long as ever", async () => {
    const facility = await makeFacility(database.sql, { timeZone: "Europe/Vienna" });
    const zone = await makeZone(database.sql, { facilityId: facility.id });
    const device = await makeDevice(database.sql, { zoneId: zone.id });
    // 02:30 local time comes twice.
    await store(device, [
      ["2025-10-25T21:59:59Z", 1, 1],
      ["2025-10-25T22:00:00Z", 2, 1],
      ["2025-10-26T00:30:00Z", 3, 1],
      ["2025-10-26T01:30:00Z", 4, 1],
      ["2025-10-26T22:59:59Z", 5, 1],
      ["2025-10-26T23:00:00Z", 6, 1],
    ]);
    const { body } = await get(device, "from=2025-10-26&to=2025-10-26&points=26");
    expect(body).toMatchObject({
      ...{ from: "2025-10-25T22:00:00.000Z", to: "2025-10-26T23:00:00.000Z" },
      ...{ bucket_seconds: 3_600, readings: 4 },
    });
    expect(body.points.map(({ at, voltage }: SeriesPoint) => [at, voltage.avg])).toEqual([
      ["2025-10-25T22:00:00.000Z", 2],
      ["2025-10-26T00:00:00.000Z", 3],
      ["2025-10-26T01:00:00.000Z", 4],
      ["2025-10-26T22:00:00.000Z", 5],
    ]);
  });

  it("counts buckets from local midnight, whatever the offset and wherever the range begins", async () => {
    const device = await makeDevice(database.sql, { timeZone: "Asia/Kathmandu" });
    await store(device, [
      ["2025-03-02T18:45:00Z", 230, 1],
      ["2025-03-02T19:20:00Z", 230, 1],
    ]);
    // 00:25 local time, until a day later.
    const range = "from=2025-03-02T18:40:00Z&to=2025-03-03T18:40:00Z";
    const { body } = await get(device, `${range}&points=25`);
    expect(body.bucket_seconds).toBe(3_600);
    expect(body.points.map(({ at }: SeriesPoint) => at)).toEqual([
      "2025-03-02T18:40:00.000Z",
      "2025-03-02T19:15:00.000Z",
    ]);
  });

  it("swaps a range that is the wrong way round, and is of the last 24 hours by default", async () => {
    const device = await makeDevice(database.sql);
    const swapped = await get(device, "from=2025-03-05&to=2025-03-03T12:00:00Z");
    expect(swapped.body).toMatchObject({
      ...{ from: "2025-03-03T12:00:00.000Z", to: "2025-03-06T00:00:00.000Z", points: [] },
    });
    const { body } = await get(device, "");
    expect(Date.parse(body.to) - Date.parse(body.from)).toBe(24 * 3_600_000);
  });

  it("takes any number that a device may send", async () => {
    const device = await makeDevice(database.sql);
    const second = (n: number) => at("2025-03-07T10:00:00Z", n);
    await store(device, [
      [second(0), 1.7e308, 1.7e308],
      [second(1), 1.7e308, 1.7e308],
      [second(2), 5e-324, 5e-324],
      [second(3), 0, 1e300],
    ]);
    const { status, body } = await get(device, "from=2025-03-07&to=2025-03-07&points=2");
    expect(status).toBe(200);
    expect(body.points[0]).toMatchObject({
      readings: 4,
      voltage: { min: 0, max: 1.7e308 },
      power_w: { min: 0, max: 1e150 * 1e150 },
    });
  });

  it.each([
    ["from=yesterday", "from"],
    ["to=2025-02-30", "to"],
    ["points=1", "points"],
    ["points=2001", "points"],
    ["points=ten", "points"],
    ["from=2025-01-01&to=2025-04-03", "from"],
    ["from=2025-01-01T00:00:00Z&to=2025-01-01T00:00:00Z", "to"],
  ])("refuses %s and names the parameter", async (search, field) => {
    const device = await makeDevice(database.sql);
    const { status, body } = await get(device, search);
    expect(status).toBe(400);
    expect(Object.keys(body.errors)).toEqual([field]);
  });

  it.each([
    ["from=0001-01-01&to=0001-01-02", 200],
    ["from=9999-12-31&to=9999-12-31", 200],
    ["from=0000-01-01T00:00:00Z&to=0001-01-02T12:00:00Z", 200],
  ])("%s is a range like any other", async (search, expected) => {
    const device = await makeDevice(database.sql, { timeZone: "Asia/Tokyo" });
    expect((await get(device, search)).status).toBe(expected);
  });

  it("does not know devices that are out of reach, or no device at all", async () => {
    const device = await makeDevice(database.sql);
    const other = await makeFacility(database.sql);
    const ask = async (secret: string, id: number | string) => {
      const request = new Request(`http://test.local/api/devices/${id}/series`, {
        headers: { Authorization: `Bearer ${secret}` },
      });
      return (await route.GET(request, { params: Promise.resolve({ id: String(id) }) })).status;
    };
    const near = await makeKey(database.sql, { facilityId: device.facilityId });
    const far = await makeKey(database.sql, { facilityId: other.id });
    expect(await ask(near.secret, device.id)).toBe(200);
    expect(await ask(far.secret, device.id)).toBe(404);
    for (const id of [2_147_483_647, "nine", "0"]) expect(await ask(near.secret, id)).toBe(404);
  });
});
