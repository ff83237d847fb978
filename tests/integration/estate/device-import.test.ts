import { afterAll, beforeAll, expect, test } from "vitest";
import * as route from "@/app/api/devices/import/route";
import * as telemetry from "@/app/api/telemetry/route";
import { secondsFromNow } from "../../support/clock";
import { makeDevice, makeZone } from "../../support/factories";
import { callRoutes, startRuntime } from "../../support/routes";

const api = callRoutes({ "/api/devices/import": route, "/api/telemetry": telemetry });
const send = (query: string, ...lines: string[]) =>
  api.csv(`/api/devices/import${query}`, lines.join("\n"));
const counts = {
  ...{ created: 0, updated: 0, unchanged: 0, zones_created: 0, facilities_created: 0 },
  ...{ new_zones: [] as object[], new_facilities: [] as object[] },
};
/** What a list creates beside devices. */
const places = (facility: string, time_zone: string, ...zones: string[]) => ({
  ...{ zones_created: zones.length, facilities_created: 1 },
  new_zones: zones.map((code) => ({ facility, code })),
  new_facilities: [{ code: facility, time_zone }],
});

let database: Awaited<ReturnType<typeof startRuntime>>;
beforeAll(async () => {
  database = await startRuntime();
});
afterAll(() => database.stop());

async function estateSize() {
  const [row] = await database.sql`
    select (select count(*) from facilities)::int as facilities,
           (select count(*) from zones)::int as zones, (select count(*) from devices)::int as devices,
           (select count(*) from device_state)::int as states`;
  return row;
}

test("a list makes devices, zones and facilities, and the same list again changes nothing", async () => {
  const list = [
    "\uFEFFdevice_code, Zone ,facility,name,offline_after_seconds,facility_name,time_zone,first_seen",
    'I-1,"Level ""A"", north",import,Bay 1,300,,,2020',
    "I-2,B,import,,,Import garage,Asia/Shanghai,2021",
    " I-3 ,B,import,,,,asia/shanghai,",
    ",,,,,,,",
    "",
  ];
  const first = await send("", ...list);
  expect(first).toMatchObject({ status: 201 });
  expect(first.body).toEqual({
    ...{ ...counts, created: 3 },
    ...places("import", "Asia/Shanghai", 'Level "A", north', "B"),
  });
  const rows = await database.sql`
    select d.code, d.name, d.offline_after_seconds, z.code as zone, f.name as facility, s.time_zone,
           s.zone_id = z.id as placed
    from devices d join zones z on z.id = d.zone_id join facilities f on f.id = z.facility_id
         join device_state s on s.device_id = d.id
    where f.code = 'import' order by d.code`;
  const common = { facility: "Import garage", time_zone: "Asia/Shanghai", placed: true };
  const plain = { name: null, offline_after_seconds: null, zone: "B", ...common };
  expect([...rows]).toEqual([
    { code: "I-1", name: "Bay 1", offline_after_seconds: 300, zone: 'Level "A", north', ...common },
    { code: "I-2", ...plain },
    { code: "I-3", ...plain },
  ]);
  const again = await send("", ...list);
  expect(again).toMatchObject({ status: 200, body: { ...counts, unchanged: 3 } });
  const reading = { device_code: "I-3", timestamp: secondsFromNow(0), voltage: 1, current: 1 };
  expect((await api.post("/api/telemetry", reading)).status).toBe(201);
});

test("a bad row keeps the whole list out, and every bad row is named", async () => {
  const device = await makeDevice(database.sql, { code: "elsewhere" });
  const zone = await makeZone(database.sql, { code: "Z" });
  const [facility] = await database.sql`select code from facilities where id = ${zone.facilityId}`;
  const before = await estateSize();
  const { status, body } = await send(
    "",
    "code,zone_code,facility_code,time_zone,offline_after_seconds",
    `good,Z,${facility!.code},,`,
    `,Z,${facility!.code},,`,
    "x1,Z,unknown,,",
    `x2,Z,${facility!.code},Mars/Olympus,1e3`,
    `x3,Z,${facility!.code},Europe/Berlin,`,
    `good,Z,${facility!.code},,`,
    `elsewhere,Z,${facility!.code},,`,
    `x4,Z,${facility!.code},,,too,many`,
    "x5,Z,new,PST,",
  );
  expect(status).toBe(400);
  expect(body.detail).toBe("8 rows have errors. Nothing was imported.");
  expect(body.errors).toEqual({
    "row 3.device_code": ["Required."],
    "row 4.facility": ["No such facility. With a time_zone it will be created."],
    "row 5.time_zone": [expect.stringContaining("No such time zone")],
    "row 5.offline_after_seconds": ["Must be a whole number."],
    "row 6.time_zone": ["The facility's time zone is UTC."],
    "row 7.device_code": ["Is in row 2 too."],
    "row 8.zone": [expect.stringContaining("?move=true")],
    "row 9": ["Has more fields than the header."],
    "row 10.time_zone": [expect.stringContaining("No such time zone")],
  });
  expect(await estateSize()).toEqual(before);
  expect(device.code).toBe("elsewhere");
});

test("with move=true a device moves to the zone that the list gives it", async () => {
  const device = await makeDevice(database.sql, { code: "mover" });
  const list = ["device_code,zone,facility,name,time_zone", "mover,M,moved-to,Bay,Asia/Tokyo"];
  expect((await send("", ...list)).status).toBe(400);
  const { body } = await send("?move=true", ...list);
  expect(body).toEqual({ ...counts, updated: 1, ...places("moved-to", "Asia/Tokyo", "M") });
  const [row] = await database.sql`
    select z.code as zone, d.name, s.zone_id = d.zone_id as agrees, s.time_zone
    from devices d join zones z on z.id = d.zone_id join device_state s on s.device_id = d.id
    where d.id = ${device.id}`;
  expect(row).toEqual({ zone: "M", name: "Bay", agrees: true, time_zone: "Asia/Tokyo" });
});

test("a dry run says what would happen, which zones and facilities it would create, and writes nothing", async () => {
  const before = await estateSize();
  const list = ["device_code,zone,facility,time_zone", "dry,D,dry,UTC"];
  const { status, body } = await send("?dry_run=true", ...list);
  expect(status).toBe(200);
  expect(body).toEqual({ ...counts, created: 1, ...places("dry", "UTC", "D") });
  expect(await estateSize()).toEqual(before);
  expect((await send("?dry_run=true", list[0]!, "dry,D,dry-unknown,")).status).toBe(400);
});

test.each([
  ["", { header: expect.any(Array) }],
  ["device_code,facility", { header: ["Column zone is missing."] }],
  ["device_code,zone,facility,code", { header: ["Column device_code appears twice."] }],
  ['device_code,zone,facility\n"open,Z,F', { "row 2": [expect.any(String)] }],
])("the list %j is refused", async (csv, errors) => {
  const { status, body } = await api.csv("/api/devices/import", csv);
  expect(status).toBe(400);
  expect(body.errors).toEqual(errors);
});

test("anything but CSV in UTF-8 is refused", async () => {
  const json = await api.send("POST", "/api/devices/import", "[]");
  expect(json.status).toBe(415);
  expect((await api.get("/api/devices/import")).status).toBe(405);
});

test("ten thousand devices in two hundred zones come in with one list", async () => {
  const lines = Array.from(
    { length: 10_000 },
    (_, i) => `bulk-${i},Z${i % 200},bulk,Europe/Berlin`,
  );
  const { status, body } = await send("", "device_code,zone,facility,time_zone", ...lines);
  expect(status).toBe(201);
  expect(body).toEqual({
    ...{ ...counts, created: 10_000 },
    ...places("bulk", "Europe/Berlin", ...Array.from({ length: 200 }, (_, n) => `Z${n}`)),
  });
  const again = await send("", "device_code,zone,facility,time_zone", ...lines);
  expect(again.body).toEqual({ ...counts, unchanged: 10_000 });
});
