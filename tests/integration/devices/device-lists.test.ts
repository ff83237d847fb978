import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as exported from "@/app/api/devices/export/route";
import * as imported from "@/app/api/devices/import/route";
import * as move from "@/app/api/devices/move/route";
import * as devices from "@/app/api/devices/route";
import { asUser, makeKey } from "../../support/accounts";
import { makeDevice, makeFacility, makeZone } from "../../support/factories";
import { callRoutes, startRuntime } from "../../support/routes";

const ROUTES = {
  "/api/devices": devices,
  "/api/devices/export": exported,
  "/api/devices/import": imported,
  "/api/devices/move": move,
};
const api = callRoutes(ROUTES);

let database: Awaited<ReturnType<typeof startRuntime>>;
beforeAll(async () => {
  database = await startRuntime();
});
afterAll(() => database.stop());

const devicesOf = (facilityId: number) => database.sql`
  select d.code, d.name, d.offline_after_seconds, z.code as zone, z.name as zone_name
  from devices d join zones z on z.id = d.zone_id where z.facility_id = ${facilityId} order by 1`;

describe("a list that was exported", () => {
  test("imports again without changing anything, whatever its codes look like", async () => {
    const { sql } = database;
    const facility = await makeFacility(sql, {
      code: "=cmd|'/c calc'!A1",
      name: "-1",
      timeZone: "Asia/Tokyo",
    });
    const zone = await makeZone(sql, { facilityId: facility.id, code: "'@quoted", name: 'A, "B"' });
    const codes = [
      "+1",
      "-2",
      "=3",
      "@4",
      "'5",
      "'=6",
      "''=7",
      "a;b",
      'say "8"',
      "9,5",
      "Straße 10",
    ];
    for (const [i, code] of codes.entries()) {
      await makeDevice(sql, {
        code,
        zoneId: zone.id,
        name: `${code} name`,
        offlineAfterSeconds: i || undefined,
      });
    }
    const before = await devicesOf(facility.id);
    const file = await api.get(`/api/devices/export?facility=${facility.id}`);
    expect(file.status).toBe(200);
    expect(file.headers.get("content-type")).toContain("text/csv");
    expect(file.body).not.toMatch(/(^|,|\n)"?[=+\-@]/);
    const again = await api.csv("/api/devices/import", file.body);
    expect(again).toMatchObject({
      status: 200,
      body: { created: 0, updated: 0, unchanged: codes.length, zones_created: 0 },
    });
    expect(await devicesOf(facility.id)).toEqual(before);
    const semicolons = file.body.replaceAll("\r\n", "\n").split("\n")[0].replaceAll(",", ";");
    const other = `\uFEFF${semicolons}\r\n"'+1";"''@quoted";"${facility.code.replace(/^/, "'")}";;;;;\r\n`;
    expect((await api.csv("/api/devices/import", other)).body.unchanged).toBe(1);
  });

  test("makes the same estate on an empty server", async () => {
    const { sql } = database;
    const facility = await makeFacility(sql, {
      code: "origin",
      name: "The origin",
      timeZone: "Europe/Paris",
    });
    const zone = await makeZone(sql, { facilityId: facility.id, code: "L1", name: "Level 1" });
    await makeDevice(sql, { code: "origin-1", zoneId: zone.id, offlineAfterSeconds: 300 });
    const file = await api.get("/api/devices/export?facility=origin");
    const moved = file.body.replaceAll("origin", "copy");
    expect((await api.csv("/api/devices/import", moved)).status).toBe(201);
    const [made] = await sql`select id, name, time_zone from facilities where code = 'copy'`;
    expect(made).toMatchObject({ name: "The copy", time_zone: "Europe/Paris" });
    expect(await devicesOf(made!.id)).toEqual([
      expect.objectContaining({ code: "copy-1", zone_name: "Level 1", offline_after_seconds: 300 }),
    ]);
  });

  test("holds what its filters ask for, and what its reader reaches", async () => {
    const { sql } = database;
    const near = await makeDevice(sql, { code: "near-1" });
    await makeDevice(sql, { code: "near-2", zoneId: near.zoneId, retiredAt: new Date() });
    const far = await makeDevice(sql, { code: "far-1" });
    const codes = ({ body }: { body: string }) =>
      body
        .trim()
        .split("\r\n")
        .slice(1)
        .map((line) => line.split(",")[0]);
    expect(codes(await api.get(`/api/devices/export?zone=${near.zoneId}`))).toEqual([
      "near-1",
      "near-2",
    ]);
    expect(codes(await api.get(`/api/devices/export?zone=${near.zoneId}&retired=true`))).toEqual([
      "near-2",
    ]);
    expect(codes(await api.get("/api/devices/export?search=FAR-"))).toEqual(["far-1"]);
    expect((await api.get("/api/devices/export?zone=999999")).status).toBe(400);
    const { secret } = await makeKey(sql, { facilityId: far.facilityId });
    const kept = callRoutes(ROUTES, { Authorization: `Bearer ${secret}` });
    expect(codes(await kept.get("/api/devices/export"))).toEqual(["far-1"]);
    const viewer = callRoutes(ROUTES, await asUser(sql, "viewer"));
    expect((await viewer.get("/api/devices/export")).status).toBe(403);
  });
});

test("more than ten thousand rows are refused, and their number is told", async () => {
  const lines = Array.from({ length: 10_001 }, (_, i) => `many-${i},Z,F`);
  const { status, body } = await api.csv(
    "/api/devices/import",
    ["device_code,zone,facility", ...lines].join("\n"),
  );
  expect(status).toBe(400);
  expect(body.errors.body).toEqual(["At most 10,000 rows; there are 10,001. Split the list."]);
});

describe("moving several devices", () => {
  test("moves all that are elsewhere, and writes each down", async () => {
    const { sql } = database;
    const zone = await makeZone(sql, { timeZone: "Asia/Tokyo" });
    const [one, two] = [await makeDevice(sql), await makeDevice(sql)];
    const there = await makeDevice(sql, { zoneId: zone.id });
    const ids = [one.id, two.id, there.id];
    const { status, body } = await api.post("/api/devices/move", {
      device_ids: ids,
      zone_id: zone.id,
    });
    expect([status, body]).toEqual([200, { moved: 2 }]);
    const rows = await sql`
      select d.zone_id, s.zone_id as state_zone, s.time_zone
      from devices d join device_state s on s.device_id = d.id where d.id in ${sql(ids)}`;
    for (const row of rows) {
      expect(row).toEqual({ zone_id: zone.id, state_zone: zone.id, time_zone: "Asia/Tokyo" });
    }
    const entries = await sql`
      select subject_name, before->>'zone_id' as was from audit_log
      where action = 'device.updated' and subject_id in ${sql(ids)} order by id`;
    expect([...entries]).toEqual(
      [one, two].map(({ code, zoneId }) => ({ subject_name: code, was: String(zoneId) })),
    );
  });

  test("moves none when one of them is out of reach or the zone is retired", async () => {
    const { sql } = database;
    const device = await makeDevice(sql);
    const hidden = await makeDevice(sql);
    const zone = await makeZone(sql, { facilityId: device.facilityId });
    const retired = await makeZone(sql, { facilityId: device.facilityId, retiredAt: new Date() });
    const manager = callRoutes(
      ROUTES,
      await asUser(sql, "manager", { facilityIds: [device.facilityId] }),
    );
    const send = (device_ids: number[], zone_id: number) =>
      manager.post("/api/devices/move", { device_ids, zone_id });
    expect((await send([device.id, hidden.id], zone.id)).body.errors.device_ids).toEqual([
      `No such device: ${hidden.id}.`,
    ]);
    expect((await send([device.id], hidden.zoneId)).body.errors.zone_id).toEqual(["No such zone."]);
    expect((await send([device.id], retired.id)).body.errors.zone_id).toEqual([
      "The zone is retired.",
    ]);
    expect((await send([], zone.id)).status).toBe(400);
    const [row] = await sql`select zone_id from devices where id = ${device.id}`;
    expect(row!.zone_id).toBe(device.zoneId);
  });
});

test.each([
  ["code", ["s-1", "s-2", "s-3"]],
  ["-code", ["s-3", "s-2", "s-1"]],
  ["newest", ["s-1", "s-3", "s-2"]],
])("devices come in the order %s, page by page", async (sort, expected) => {
  const { sql } = database;
  const [known] = await sql`select zone_id from devices where code = 's-1'`;
  const zoneId = known?.zone_id ?? (await makeZone(sql)).id;
  if (!known) for (const code of ["s-2", "s-3", "s-1"]) await makeDevice(sql, { code, zoneId });
  const seen: string[] = [];
  let path: string | undefined = `/api/devices?zone=${zoneId}&sort=${sort}&limit=2`;
  while (path) {
    const page = await api.get(path);
    seen.push(...page.body.map(({ code }: { code: string }) => code));
    path = /^<(.*)>/.exec(page.headers.get("link") ?? "")?.[1];
  }
  expect(seen).toEqual(expected);
});
