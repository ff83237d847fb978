import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as parkingLogBulk from "@/app/api/parking-log/bulk/route";
import * as parkingLog from "@/app/api/parking-log/route";
import * as telemetryBulk from "@/app/api/telemetry/bulk/route";
import * as telemetry from "@/app/api/telemetry/route";
import { contradictions } from "@/tests/support/consistency";
import { type Device, makeDevice } from "@/tests/support/factories";
import { at, parkingLog as logOf, reading } from "@/tests/support/messages";
import { callRoutes, startRuntime } from "@/tests/support/routes";

const api = callRoutes({
  "/api/parking-log/bulk": parkingLogBulk,
  "/api/parking-log": parkingLog,
  "/api/telemetry/bulk": telemetryBulk,
  "/api/telemetry": telemetry,
});

let database: Awaited<ReturnType<typeof startRuntime>>;
beforeAll(async () => {
  database = await startRuntime();
  const { sql } = database;
  // Stands for whatever a row may set off inside Postgres.
  await sql`create table faults (device_id int primary key, code text)`;
  await sql`create function fail() returns trigger language plpgsql as $$
    declare fault text := (select code from faults where device_id = new.device_id);
    begin
      if fault is not null then raise exception 'refused' using errcode = fault; end if;
      return new;
    end $$`;
  for (const table of ["telemetry", "parking_logs"]) {
    await sql`create trigger fail before insert on ${sql(table)} for each row execute function fail()`;
  }
});
afterAll(() => database.stop());

/** A device whose rows end their statement with this error. */
async function makeFailing(code: string): Promise<Device> {
  const device = await makeDevice(database.sql);
  await database.sql`insert into faults values (${device.id}, ${code})`;
  return device;
}

const CALLS = [
  ["/api/telemetry", "telemetry", reading],
  ["/api/parking-log", "parking_logs", logOf],
] as const;

describe.each(CALLS)("%s", (path, table, message) => {
  test.each([
    ["21000", "a conflict inside the statement"],
    ["22003", "a value out of range"],
    ["23514", "a constraint"],
    ["0A000", "a missing feature"],
    ["42883", "a missing function"],
    ["P0001", "an exception"],
    ["XX000", "an internal error"],
  ])(
    "spares devices of other facilities while rows that end in %s, %s, are repeated",
    async (code) => {
      const failing = [await makeFailing(code), await makeFailing(code)];
      const others: Device[] = [];
      while (others.length < 8) others.push(await makeDevice(database.sql));
      for (let round = 0; round < 6; round++) {
        const send = ({ code: device }: Device) => api.post(path, message(device, at(round)));
        const [refused, stored] = await Promise.all([
          Promise.all(failing.map(send)),
          Promise.all(others.map(send)),
        ]);
        expect(stored.map(({ status }) => status)).toEqual(others.map(() => 201));
        expect(refused.map(({ status }) => status)).toEqual(failing.map(() => 500));
      }
      const ids = others.map(({ id }) => id);
      expect(
        await database.sql`select from ${database.sql(table)} where device_id = any(${ids})`,
      ).toHaveLength(48);
      expect(await contradictions(database.sql)).toEqual([]);
    },
  );

  test("a bulk stores every other row and lists the one at fault by its index", async () => {
    const failing = await makeFailing("XX000");
    const other = await makeDevice(database.sql);
    const rows = [1, 2, 3, 4, 5].map((second) =>
      message(second === 4 ? failing.code : other.code, at(second)),
    );
    expect(await api.post(`${path}/bulk`, rows)).toMatchObject({
      status: 201,
      body: {
        ...{ created: 4, duplicates: 0 },
        errors: [{ index: 3, errors: { row: [expect.stringContaining("not be stored")] } }],
      },
    });
  });

  test("an outage stores nothing and is answered 503", async () => {
    const failing = await makeFailing("53100");
    const other = await makeDevice(database.sql);
    const rows = [other, failing].map(({ code }) => message(code, at(0)));
    expect(await api.post(`${path}/bulk`, rows)).toMatchObject({ status: 503 });
    expect(
      await database.sql`select from ${database.sql(table)} where device_id = ${other.id}`,
    ).toHaveLength(0);
    await database.sql`delete from faults where device_id = ${failing.id}`;
  });
});
