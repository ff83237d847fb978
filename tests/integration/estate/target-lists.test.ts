import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as copy from "@/app/api/targets/copy/route";
import * as exported from "@/app/api/targets/export/route";
import * as imported from "@/app/api/targets/import/route";
import { asUser, makeKey } from "../../support/accounts";
import { makeDevice, makeFacility, makeZone } from "../../support/factories";
import { callRoutes, startRuntime } from "../../support/routes";

const ROUTES = {
  "/api/targets/copy": copy,
  "/api/targets/export": exported,
  "/api/targets/import": imported,
};
const api = callRoutes(ROUTES);
const send = (query: string, ...lines: string[]) =>
  api.csv(`/api/targets/import${query}`, lines.join("\r\n"));
const HEAD = "date,facility,zone,device_code,target_value";

let database: Awaited<ReturnType<typeof startRuntime>>;
beforeAll(async () => {
  database = await startRuntime();
});
afterAll(() => database.stop());

/** A facility with a zone and a device in it. */
async function makePlace(code: string) {
  const { sql } = database;
  const facility = await makeFacility(sql, { code });
  const zone = await makeZone(sql, { code: `${code}-Z`, facilityId: facility.id });
  const device = await makeDevice(sql, { code: `${code}-D`, zoneId: zone.id });
  return { facility, zone, device };
}

/** The targets of a facility: who, date and value. */
async function targetsOf(facilityId: number): Promise<string[]> {
  const rows = await database.sql`
    select coalesce(d.code, z.code) as who, t.date::text, t.target_value
    from targets t left join devices d on d.id = t.device_id
         join zones z on z.id = coalesce(t.zone_id, d.zone_id)
    where z.facility_id = ${facilityId} order by t.date, d.code nulls first, z.code`;
  return rows.map(({ who, date, target_value }) => `${who} ${date} ${target_value}`);
}

const entries = (action: string) =>
  database.sql`select subject_name, before, after from audit_log where action = ${action} order by id`;

describe("importing targets", () => {
  test("sets those of zones and devices, and the same list again changes nothing", async () => {
    const { facility } = await makePlace("imp");
    const list = [
      HEAD,
      "2026-03-02,imp,imp-Z,,40",
      "2026-03-02,,,imp-D,4",
      "2026-03-03,imp,imp-Z,imp-D,5",
    ];
    const first = await send("", ...list);
    expect(first).toMatchObject({ status: 201, body: { created: 3, updated: 0, unchanged: 0 } });
    expect(await targetsOf(facility.id)).toEqual([
      "imp-Z 2026-03-02 40",
      "imp-D 2026-03-02 4",
      "imp-D 2026-03-03 5",
    ]);
    const again = await send("", ...list);
    expect(again).toMatchObject({ status: 200, body: { created: 0, updated: 0, unchanged: 3 } });
    const other = await send("", "Target;Device;DATE", "6;imp-D;2026-03-03");
    expect(other.body).toEqual({ created: 0, updated: 1, unchanged: 0 });
    expect((await entries("targets.imported")).at(-1)).toEqual({
      subject_name: "1 targets",
      before: { "device imp-D on 2026-03-03": 5 },
      after: { "device imp-D on 2026-03-03": 6 },
    });
  });

  test("one bad row keeps the whole list out, and every bad row is named", async () => {
    const { facility } = await makePlace("bad");
    const { status, body } = await send(
      "",
      HEAD,
      "2026-03-02,bad,bad-Z,,40",
      "02/03/2026,bad,bad-Z,,40",
      "2026-03-03,bad,,,40",
      "2026-03-04,bad,nowhere,,40",
      "2026-03-05,nowhere,bad-Z,,40",
      "2026-03-06,,,nobody,40",
      "2026-03-07,bad,other,bad-D,1.5",
      "2026-03-08,bad,other,bad-D,1",
      "2026-03-02,bad,bad-Z,,41",
    );
    expect(status).toBe(400);
    expect(body.detail).toBe("8 rows have errors. Nothing was imported.");
    expect(body.errors).toEqual({
      "row 3.date": ["Must be a date, YYYY-MM-DD."],
      "row 4.zone": ["Required for a zone's target; a device's has a device_code."],
      "row 5.zone": ["No such zone in this facility."],
      "row 6.facility": ["No such facility."],
      "row 7.device_code": ["Device not found."],
      "row 8.target_value": ["Must be a whole number."],
      "row 9.zone": ["The device is in zone bad-Z."],
      "row 10.date": ["Is in row 2 too."],
    });
    expect(await targetsOf(facility.id)).toEqual([]);
  });

  test("a dry run counts and writes nothing", async () => {
    const { facility } = await makePlace("dry");
    const before = (await entries("targets.imported")).length;
    const { status, body } = await send("?dry_run=true", HEAD, "2026-03-02,dry,dry-Z,,40");
    expect([status, body]).toEqual([200, { created: 1, updated: 0, unchanged: 0 }]);
    expect(await targetsOf(facility.id)).toEqual([]);
    expect(await entries("targets.imported")).toHaveLength(before);
  });

  test("what is out of reach does not exist, and viewers may not", async () => {
    const { sql } = database;
    const { facility } = await makePlace("mine");
    await makePlace("theirs");
    const limited = callRoutes(
      ROUTES,
      await asUser(sql, "operator", { facilityIds: [facility.id] }),
    );
    const lines = [HEAD, "2026-03-02,theirs,theirs-Z,,1", "2026-03-02,,,theirs-D,1"].join("\n");
    expect((await limited.csv("/api/targets/import", lines)).body.errors).toEqual({
      "row 2.facility": ["No such facility."],
      "row 3.device_code": ["Device not found."],
    });
    const viewer = callRoutes(ROUTES, await asUser(sql, "viewer"));
    expect((await viewer.csv("/api/targets/import", lines)).status).toBe(403);
    expect((await viewer.get("/api/targets/export")).status).toBe(403);
  });

  test("targets that were exported import again without changing anything", async () => {
    const { facility, zone, device } = await makePlace("=trip");
    const { sql } = database;
    await sql`insert into targets (zone_id, date, target_value) values (${zone.id}, '2026-05-04', 7)`;
    await sql`insert into targets (device_id, date, target_value) values (${device.id}, '2026-05-05', 0)`;
    const before = await targetsOf(facility.id);
    const file = await api.get(`/api/targets/export?facility=${facility.id}`);
    expect(file.body.split("\r\n")).toEqual([
      HEAD,
      `2026-05-04,"'=trip","'=trip-Z",,7`,
      `2026-05-05,"'=trip","'=trip-Z","'=trip-D",0`,
      "",
    ]);
    expect((await send("", file.body)).body).toEqual({ created: 0, updated: 0, unchanged: 2 });
    expect(await targetsOf(facility.id)).toEqual(before);
    const may5 = await api.get(`/api/targets/export?facility=${facility.id}&date_from=2026-05-05`);
    expect(may5.body.trim().split("\r\n")).toHaveLength(2);
    const { secret } = await makeKey(sql, { zoneId: (await makeZone(sql)).id });
    const kept = callRoutes(ROUTES, { Authorization: `Bearer ${secret}` });
    expect((await kept.get("/api/targets/export")).body).toBe(`${HEAD}\r\n`);
  });
});

describe("copying a week's targets", () => {
  const week = { from: "2026-06-01", to: "2026-06-08" };
  const set = (owner: { zone?: number; device?: number }, date: string, value: number) =>
    database.sql`insert into targets (zone_id, device_id, date, target_value)
      values (${owner.zone ?? null}, ${owner.device ?? null}, ${date}, ${value})`;

  async function makeWeek(code: string) {
    const place = await makePlace(code);
    await set({ zone: place.zone.id }, "2026-05-31", 1);
    await set({ zone: place.zone.id }, "2026-06-01", 10);
    await set({ device: place.device.id }, "2026-06-01", 11);
    await set({ zone: place.zone.id }, "2026-06-07", 17);
    await set({ zone: place.zone.id }, "2026-06-14", 99);
    await set({ device: place.device.id }, "2026-06-08", 11);
    return place;
  }

  test("gives each day's target to the same weekday and keeps what is there", async () => {
    const { facility } = await makeWeek("keep");
    const { status, body } = await api.post("/api/targets/copy", {
      ...week,
      facility_id: facility.id,
    });
    expect([status, body]).toEqual([200, { created: 1, replaced: 0, kept: 1, unchanged: 1 }]);
    expect(await targetsOf(facility.id)).toEqual([
      "keep-Z 2026-05-31 1",
      "keep-Z 2026-06-01 10",
      "keep-D 2026-06-01 11",
      "keep-Z 2026-06-07 17",
      "keep-Z 2026-06-08 10",
      "keep-D 2026-06-08 11",
      "keep-Z 2026-06-14 99",
    ]);
    expect((await entries("targets.copied")).at(-1)).toMatchObject({
      after: { "zone keep / keep-Z on 2026-06-08": 10 },
    });
  });

  test("replaces what is there when asked to, and writes down what it was", async () => {
    const { facility } = await makeWeek("replace");
    const message = { ...week, facility_id: facility.id, existing: "replace" };
    const { body } = await api.post("/api/targets/copy", message);
    expect(body).toEqual({ created: 1, replaced: 1, kept: 0, unchanged: 1 });
    expect(await targetsOf(facility.id)).toContain("replace-Z 2026-06-14 17");
    expect((await entries("targets.copied")).at(-1)).toMatchObject({
      before: { "zone replace / replace-Z on 2026-06-14": 99 },
    });
    const again = await api.post("/api/targets/copy", message);
    expect(again.body).toEqual({ created: 0, replaced: 0, kept: 0, unchanged: 3 });
  });

  test("a dry run counts and writes nothing", async () => {
    const { facility } = await makeWeek("count");
    const before = await targetsOf(facility.id);
    const message = { ...week, facility_id: facility.id, existing: "replace", dry_run: true };
    const { body } = await api.post("/api/targets/copy", message);
    expect(body).toEqual({ created: 1, replaced: 1, kept: 0, unchanged: 1 });
    expect(await targetsOf(facility.id)).toEqual(before);
  });

  test("without a facility it concerns all that are in reach and in use", async () => {
    const { sql } = database;
    const { facility, zone, device } = await makePlace("reached");
    const beyond = await makePlace("beyond");
    const gone = await makeZone(sql, { facilityId: facility.id, retiredAt: new Date() });
    for (const id of [zone.id, beyond.zone.id, gone.id]) await set({ zone: id }, "2026-07-06", 5);
    await set({ device: device.id }, "2026-07-06", 6);
    await sql`update devices set retired_at = now() where id = ${device.id}`;
    const operator = callRoutes(
      ROUTES,
      await asUser(sql, "operator", { facilityIds: [facility.id] }),
    );
    const message = { from: "2026-07-06", to: "2026-07-13" };
    expect((await operator.post("/api/targets/copy", message)).body.created).toBe(1);
    expect(await targetsOf(beyond.facility.id)).toEqual(["beyond-Z 2026-07-06 5"]);
    const theirs = await operator.post("/api/targets/copy", {
      ...message,
      facility_id: beyond.facility.id,
    });
    expect(theirs).toMatchObject({
      status: 400,
      body: { errors: { facility_id: ["No such facility."] } },
    });
  });

  test.each([
    [{ from: "2026-06-02", to: "2026-06-08" }, ["from"]],
    [{ from: "2026-06-01", to: "2026-06-01" }, ["to"]],
    [{ from: "2026-06-01" }, ["to"]],
    [{ ...week, existing: "merge" }, ["existing"]],
  ])("%j is refused", async (message, fields) => {
    const { status, body } = await api.post("/api/targets/copy", message);
    expect(status).toBe(400);
    expect(Object.keys(body.errors)).toEqual(fields);
  });
});
