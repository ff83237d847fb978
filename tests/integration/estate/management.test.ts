import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as device from "@/app/api/devices/[id]/route";
import * as devices from "@/app/api/devices/route";
import * as facility from "@/app/api/facilities/[id]/route";
import * as facilities from "@/app/api/facilities/route";
import * as telemetry from "@/app/api/telemetry/route";
import * as zone from "@/app/api/zones/[id]/route";
import * as zones from "@/app/api/zones/route";
import { secondsFromNow, until } from "../../support/clock";
import { makeDevice, makeFacility, makeZone } from "../../support/factories";
import { callRoutes, startRuntime } from "../../support/routes";

const api = callRoutes({
  "/api/facilities": facilities,
  "/api/facilities/[id]": facility,
  "/api/zones": zones,
  "/api/zones/[id]": zone,
  "/api/devices": devices,
  "/api/devices/[id]": device,
  "/api/telemetry": telemetry,
});
const reading = (code: string, voltage = 230) => ({
  device_code: code,
  timestamp: secondsFromNow(0),
  voltage,
  current: 1,
});

let database: Awaited<ReturnType<typeof startRuntime>>;
beforeAll(async () => {
  database = await startRuntime();
});
afterAll(() => database.stop());

describe("facilities, zones and devices", () => {
  test("are created, read, changed and deleted", async () => {
    const limits = {
      offline_after_seconds: null,
      high_power_w: 1500,
      max_current_a: null,
      max_voltage_v: null,
      normal_readings_to_resolve: null,
      reopen_within_seconds: null,
    };
    const made = await api.post("/api/facilities", {
      name: "North garage",
      code: "  north  ",
      time_zone: "Asia/Shanghai",
      latitude: 31.2,
      high_power_w: 1500,
    });
    expect(made.status).toBe(201);
    const id = made.body.id;
    const expected = {
      ...{ id, name: "North garage", code: "north", time_zone: "Asia/Shanghai", retired: false },
      ...{ address: null, latitude: 31.2, longitude: null, ...limits },
    };
    expect(made.body).toEqual(expected);
    expect(made.headers.get("location")).toBe(`/api/facilities/${id}`);
    const zoneMade = await api.post("/api/zones", { facility_id: id, name: "Level 1", code: "L1" });
    expect(zoneMade).toMatchObject({
      status: 201,
      body: { facility_id: id, facility_code: "north", code: "L1", high_power_w: null },
    });
    const deviceMade = await api.post("/api/devices", {
      zone_id: zoneMade.body.id,
      code: "N-1",
      offline_after_seconds: 300,
    });
    expect(deviceMade).toMatchObject({
      status: 201,
      body: { zone_code: "L1", facility_id: id, name: null, offline_after_seconds: 300 },
    });
    const deviceId = deviceMade.body.id;
    const changed = await api.patch(`/api/devices/${deviceId}`, {
      name: "Bay 1",
      offline_after_seconds: null,
    });
    expect(changed.body).toEqual({
      ...deviceMade.body,
      name: "Bay 1",
      offline_after_seconds: null,
    });
    expect((await api.patch(`/api/facilities/${id}`, {})).body).toEqual(expected);
    expect((await api.get(`/api/facilities/${id}`)).body).toEqual(expected);
    for (const path of [
      `/api/devices/${deviceId}`,
      `/api/zones/${zoneMade.body.id}`,
      `/api/facilities/${id}`,
    ]) {
      expect((await api.del(path)).status).toBe(204);
      expect((await api.get(path)).status).toBe(404);
      expect((await api.patch(path, {})).status).toBe(404);
      expect((await api.del(path)).status).toBe(404);
    }
  });

  test("bad input names each field at fault", async () => {
    const { body, status } = await api.post("/api/facilities", {
      name: 5,
      code: "a\u0000b",
      time_zone: "Mars/Olympus",
      latitude: 91,
      longitude: "east",
      offline_after_seconds: 0.5,
    });
    expect(status).toBe(400);
    expect(Object.keys(body.errors).sort()).toEqual([
      "code",
      "latitude",
      "longitude",
      "name",
      "offline_after_seconds",
      "time_zone",
    ]);
    for (const timeZone of ["+08:00", "localtime", "posixrules", "Foo5", "PST", null, 8]) {
      const answer = await api.post("/api/facilities", {
        ...{ name: "x", code: "x", time_zone: timeZone },
      });
      expect([timeZone, answer.status, Object.keys(answer.body.errors ?? {})]).toEqual([
        timeZone,
        400,
        ["time_zone"],
      ]);
    }
    const noZone = await api.post("/api/devices", { zone_id: 2_000_000_000, code: "x" });
    expect(noZone.body.errors).toEqual({ zone_id: ["No such zone."] });
    const noFacility = await api.post("/api/zones", {
      facility_id: 2_000_000_000,
      code: "x",
      name: "x",
    });
    expect(noFacility.body.errors).toEqual({ facility_id: ["No such facility."] });
    for (const body of ["{", "[]", "5", "null", '"x"']) {
      expect((await api.send("POST", "/api/zones", body)).status).toBe(400);
    }
  });

  test("a code that is taken is refused with 409, in a zone only within its facility", async () => {
    const { sql } = database;
    const taken = await makeDevice(sql, { code: "taken" });
    const answer = await api.post("/api/devices", { zone_id: taken.zoneId, code: " taken " });
    expect(answer).toMatchObject({
      status: 409,
      body: { errors: { code: ["Another device has this code."] } },
    });
    const other = await makeDevice(sql);
    const renamed = await api.patch(`/api/devices/${other.id}`, { code: "taken" });
    expect(renamed.status).toBe(409);
    const first = await makeZone(sql, { code: "same" });
    const elsewhere = await makeFacility(sql);
    const body = { name: "same", code: "same" };
    expect((await api.post("/api/zones", { ...body, facility_id: elsewhere.id })).status).toBe(201);
    const again = await api.post("/api/zones", { ...body, facility_id: first.facilityId });
    expect(again.status).toBe(409);
    const moved = await api.patch(`/api/zones/${first.id}`, { facility_id: elsewhere.id });
    expect(moved.body.errors).toEqual({ code: ["Another zone of the facility has this code."] });
  });

  test("of many posts of the same device at once one creates it", async () => {
    const { id } = await makeZone(database.sql);
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => api.post("/api/devices", { zone_id: id, code: "race" })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(29);
  });
});

describe("lists", () => {
  test("come in pages that together are the whole list", async () => {
    const { sql } = database;
    const { id: zoneId } = await makeZone(sql);
    for (let i = 0; i < 7; i++) await makeDevice(sql, { zoneId, code: `page-${i}` });
    const all = await api.get(`/api/devices?zone=${zoneId}`);
    expect(all.body).toHaveLength(7);
    expect(all.headers.get("link")).toBeNull();
    const seen: unknown[] = [];
    let next: string | undefined = `/api/devices?zone=${zoneId}&limit=3`;
    let pages = 0;
    while (next) {
      const page = await api.get(next);
      expect(page.headers.get("x-total-count")).toBe("7");
      seen.push(...page.body);
      pages += 1;
      next = /^<(.*)>; rel="next"$/.exec(page.headers.get("link") ?? "")?.[1];
    }
    expect(seen).toEqual(all.body);
    expect(pages).toBe(3);
  });

  test("are filtered by place, text and retirement", async () => {
    const { sql } = database;
    const found = await makeDevice(sql, {
      code: "Filter_A%",
      name: "Ärger",
      retiredAt: new Date(),
    });
    await makeDevice(sql, { code: "filterXAY", zoneId: found.zoneId });
    const codes = async (query: string) =>
      (await api.get(`/api/devices?${query}`)).body.map((row: { code: string }) => row.code);
    expect(await codes("search=R_a%25")).toEqual(["Filter_A%"]);
    expect(await codes("search=%C3%84RG")).toEqual(["Filter_A%"]);
    expect(await codes(`facility=${found.facilityId}&retired=false`)).toEqual(["filterXAY"]);
    expect(await codes(`zone=${found.zoneId}&retired=true`)).toEqual(["Filter_A%"]);
    expect(await codes(`zone=${found.zoneId}&search=`)).toHaveLength(2);
  });

  test.each([
    ["facility=2000000000", "facility"],
    ["zone=nowhere", "zone"],
    ["limit=0", "limit"],
    ["limit=1e9", "limit"],
    ["cursor=abc", "cursor"],
    [`cursor=${Buffer.from('{"code":"a\\u0000","id":1}').toString("base64url")}`, "cursor"],
    [`cursor=${Buffer.from('{"code":"a"}').toString("base64url")}`, "cursor"],
    ["retired=maybe", "retired"],
    ["search=%00", "search"],
  ])("refuse %s and name the parameter", async (query, field) => {
    const { status, body } = await api.get(`/api/devices?${query}`);
    expect(status).toBe(400);
    expect(Object.keys(body.errors)).toEqual([field]);
  });

  test.each(["0", "-1", "abc", "1.5", "99999999999", "2147483648"])(
    "no device has the id %s",
    async (id) => {
      expect((await api.get(`/api/devices/${id}`)).status).toBe(404);
    },
  );
});

describe("what has history", () => {
  test("is not deleted but retired, and comes back", async () => {
    const { sql } = database;
    const owned = await makeDevice(sql);
    expect((await api.post("/api/telemetry", reading(owned.code))).status).toBe(201);
    for (const [path, what] of [
      [`/api/devices/${owned.id}`, "telemetry"],
      [`/api/zones/${owned.zoneId}`, "devices"],
      [`/api/facilities/${owned.facilityId}`, "zones"],
    ]) {
      const { status, body } = await api.del(path!);
      expect(status).toBe(409);
      expect(body.detail).toContain(what);
      expect(body.detail).toContain('PATCH {"retired": true}');
      expect((await api.patch(path!, { retired: true })).body.retired).toBe(true);
      expect((await api.patch(path!, { retired: true })).body.retired).toBe(true);
      await until("ingestion refuses the device", async () => {
        const { body } = await api.post("/api/telemetry", reading(owned.code));
        return body.errors?.device_code?.[0] === "Device is retired.";
      });
      expect((await api.patch(path!, { retired: false })).body.retired).toBe(false);
      await until("ingestion takes the device", async () => {
        const { body } = await api.post("/api/telemetry", reading(owned.code));
        return body.errors?.device_code === undefined;
      });
    }
  });

  test.each(["device", "zone", "facility"] as const)(
    "ends its alerts when the %s is retired",
    async (noun) => {
      const { sql } = database;
      const owned = await makeDevice(sql);
      expect((await api.post("/api/telemetry", reading(owned.code, 5000))).status).toBe(201);
      const path = {
        device: `/api/devices/${owned.id}`,
        zone: `/api/zones/${owned.zoneId}`,
        facility: `/api/facilities/${owned.facilityId}`,
      }[noun];
      expect((await api.patch(path, { retired: true })).status).toBe(200);
      const ended = await sql`
        select a.alert_type, t.kind, t.actor, t.comment, s.live_alerts::text
        from alerts a join alert_transitions t on t.alert_id = a.id and t.kind = 'resolved'
             join device_state s on s.device_id = a.device_id
        where a.device_id = ${owned.id} and a.resolved_at is not null order by 1`;
      const expected = {
        kind: "resolved",
        actor: "test",
        comment: "Retired",
        live_alerts: "{}",
      };
      expect([...ended]).toEqual([
        { alert_type: "high_power", ...expected },
        { alert_type: "invalid_data", ...expected },
      ]);
    },
  );

  test("takes nothing new while it is retired", async () => {
    const { sql } = database;
    const retired = await makeZone(sql, { retiredAt: new Date() });
    const answer = await api.post("/api/devices", { zone_id: retired.id, code: "late-comer" });
    expect(answer.body.errors).toEqual({ zone_id: ["The zone is retired."] });
  });

  test("with targets, parking logs or alerts alone is kept too", async () => {
    const { sql } = database;
    const target = await makeDevice(sql);
    await sql`insert into targets (device_id, date, target_value) values (${target.id}, '2026-01-01', 1)`;
    const alert = await makeDevice(sql);
    await sql`insert into alerts (device_id, alert_type, severity, message, created_at, last_triggered_at)
              values (${alert.id}, 'offline', 'WARNING', 'x', now(), now())`;
    for (const [kept, what] of [
      [target, "targets"],
      [alert, "alerts"],
    ] as const) {
      expect((await api.del(`/api/devices/${kept.id}`)).body.detail).toContain(what);
    }
    const emptied = await makeZone(sql);
    await sql`insert into targets (zone_id, date, target_value) values (${emptied.id}, '2026-01-01', 1)`;
    expect((await api.del(`/api/zones/${emptied.id}`)).body.detail).toContain("targets");
  });
});

test("ingestion takes a new device at once and a new limit soon", async () => {
  const { id } = await makeZone(database.sql);
  expect((await api.post("/api/telemetry", reading("fresh"))).status).toBe(400);
  const made = await api.post("/api/devices", { zone_id: id, code: "fresh" });
  expect((await api.post("/api/telemetry", reading("fresh"))).status).toBe(201);
  await api.patch(`/api/devices/${made.body.id}`, { max_voltage_v: 100 });
  const alerts = await until("the limit is in force", async () => {
    await api.post("/api/telemetry", reading("fresh"));
    const rows = await database.sql`select * from alerts where device_id = ${made.body.id}`;
    return rows.length > 0 && rows;
  });
  expect(alerts).toMatchObject([{ alert_type: "invalid_data" }]);
});
