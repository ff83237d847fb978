import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Api, api } from "@/tests/support/api";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { makeDevice, makeFacility, makeZone } from "@/tests/support/factories";
import { at as moment, parkingLog, reading } from "@/tests/support/messages";
import { type RunningServer, startServer } from "@/tests/support/server";

/** The same to every reader: composed, and each accent a character of its own. */
const NFC = "Caf\u00e9-\u00fc".normalize("NFC");
const NFD = NFC.normalize("NFD");
const HIDDEN = ["\u200b", "\u200f", "\u202e", "\u00a0", "\u202f", "\u00ad", "\ufeff"];

let database: TestDatabase;
let server: RunningServer;
let client: Api;
beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServer({ kind: "gateway", databaseUrl: database.url });
  client = api(server.url);
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

const csv = (text: string) =>
  client.send("POST", "/api/devices/import", {
    headers: { "Content-Type": "text/csv" },
    body: `device_code,zone,facility,time_zone\n${text}`,
  });

describe("codes that look the same are one code", () => {
  test("made composed, whichever way they are typed, and taken once", async () => {
    const facility = { code: NFD, name: "F", time_zone: "UTC" };
    const made = await client.post("/api/facilities", facility);
    expect([made.status, made.body.code]).toEqual([201, NFC]);
    expect((await client.post("/api/facilities", { ...facility, code: NFC })).status).toBe(409);
    const zone = { facility_id: made.body.id, code: NFD, name: "Z" };
    const { body } = await client.post("/api/zones", zone);
    expect(body.code).toBe(NFC);
    expect((await client.post("/api/zones", { ...zone, code: NFC })).status).toBe(409);
    const device = { zone_id: body.id, code: NFD };
    expect((await client.post("/api/devices", device)).body.code).toBe(NFC);
    expect((await client.post("/api/devices", { ...device, code: NFC })).status).toBe(409);
  });

  test("found both ways by messages of devices, single and in bulk", async () => {
    for (const [n, code] of [NFC, NFD, ` ${NFD} `].entries()) {
      const { status, body } = await client.post("/api/telemetry", reading(code, moment(n)));
      expect([status, body.device_code]).toEqual([201, NFC]);
    }
    const twice = [parkingLog(NFC, moment(0)), parkingLog(NFD, moment(0))];
    const { body } = await client.post("/api/parking-log/bulk", twice);
    expect(body).toMatchObject({ created: 1, duplicates: 1 });
  });

  test("found both ways by filters, targets and imports", async () => {
    for (const code of [NFC, NFD].map(encodeURIComponent)) {
      const where = `facility=${code}&zone=${code}`;
      expect((await client.get(`/api/devices?${where}`)).body).toHaveLength(1);
      expect((await client.get(`/api/alerts?device=${code}`)).status).toBe(200);
    }
    const target = { device_code: NFD, date: "2026-03-02", target_value: 1 };
    expect((await client.post("/api/targets", target)).status).toBe(201);
    const { body } = await csv(`${NFD},${NFD},${NFD},\n`);
    expect(body).toMatchObject({ created: 0, unchanged: 1, zones_created: 0 });
  });
});

describe("characters that can't be seen are refused in a new code, and named", () => {
  test.each(HIDDEN)("%j", async (hidden) => {
    const code = `A${hidden}B`;
    const name = `U+${hidden.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
    const refused = [`Must not contain invisible characters (${name}).`];
    const zone = await makeZone(database.sql);
    const device = await makeDevice(database.sql, { zoneId: zone.id });
    const attempts = [
      client.post("/api/facilities", { code, name: "x", time_zone: "UTC" }),
      client.post("/api/zones", { facility_id: zone.facilityId, code, name: "x" }),
      client.post("/api/devices", { zone_id: zone.id, code }),
      client.patch(`/api/facilities/${zone.facilityId}`, { code }),
      client.patch(`/api/zones/${zone.id}`, { code }),
      client.patch(`/api/devices/${device.id}`, { code }),
    ];
    for (const answer of await Promise.all(attempts)) {
      expect([answer.status, answer.body.errors]).toEqual([400, { code: refused }]);
    }
    const { status, body } = await csv(`${code},${code},${code},UTC\n`);
    expect(status).toBe(400);
    expect(body.errors).toEqual({
      "row 2.device_code": refused,
      "row 2.zone": refused,
      "row 2.facility": refused,
    });
    // A message is about a device that is there: this one is not, as ever.
    const sent = await client.post("/api/telemetry", reading(code, moment(0)));
    expect(sent.body.errors.device_code).toEqual(["Device not found."]);
  });
});

describe("codes from before", () => {
  /** The statement that composes stored codes, as the migration runs it. */
  const compose = async () => {
    const file = await readFile("db/migrations/0006_codes_in_nfc.sql", "utf8");
    await database.sql.unsafe(file);
  };

  test("are composed where that makes no two one, and else stay and keep their messages", async () => {
    const { sql } = database;
    const alone = "K\u00f6ln".normalize("NFD");
    const pair = "Z\u00fcrich";
    const facility = await makeFacility(sql, { code: alone });
    const zone = await makeZone(sql, { facilityId: facility.id, code: alone });
    const device = await makeDevice(sql, { zoneId: zone.id, code: alone });
    const composed = await makeDevice(sql, { code: pair.normalize("NFC") });
    const apart = await makeDevice(sql, { code: pair.normalize("NFD") });
    await compose();
    const codesOf = async (table: string, ids: number[]) =>
      (await sql`select code from ${sql(table)} where id in ${sql(ids)} order by id`).map(
        ({ code }) => code,
      );
    expect(await codesOf("facilities", [facility.id])).toEqual(["K\u00f6ln"]);
    expect(await codesOf("zones", [zone.id])).toEqual(["K\u00f6ln"]);
    expect(await codesOf("devices", [device.id, composed.id, apart.id])).toEqual([
      "K\u00f6ln",
      pair.normalize("NFC"),
      pair.normalize("NFD"),
    ]);
    await sql`notify device_registry, 'all'`;
    for (const { code } of [composed, apart]) {
      const { status, body } = await client.post("/api/telemetry", reading(code, moment(0)));
      expect([status, body.device_code]).toEqual([201, code]);
    }
  });

  test("with invisible characters go on working until they are changed", async () => {
    const old = await makeDevice(database.sql, { code: "OLD\u200b1" });
    expect((await client.post("/api/telemetry", reading(old.code, moment(0)))).status).toBe(201);
    const sought = `/api/alerts?device=${encodeURIComponent(old.code)}`;
    expect((await client.get(sought)).status).toBe(200);
    const path = `/api/devices/${old.id}`;
    expect((await client.patch(path, { name: "Old" })).status).toBe(200);
    expect((await client.patch(path, { code: "OLD-1" })).body.code).toBe("OLD-1");
  });
});
