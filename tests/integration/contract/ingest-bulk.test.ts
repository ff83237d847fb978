import { expect, test } from "vitest";
import { secondsFromNow } from "@/tests/support/clock";
import { describeBothKinds } from "@/tests/support/contract";
import { makeDevice } from "@/tests/support/factories";
import { at as moment, parkingLog, reading } from "@/tests/support/messages";

describeBothKinds("a bulk of messages", (at) => {
  const device = () => makeDevice(at.sql);
  const telemetry = (rows: unknown) => at.api.post("/api/telemetry/bulk", rows);
  const logs = (rows: unknown) => at.api.post("/api/parking-log/bulk", rows);
  const countOf = async (table: "telemetry" | "parking_logs", deviceId: number) => {
    const [row] = await at.sql<[{ n: number }]>`
      select count(*)::int as n from ${at.sql(table)} where device_id = ${deviceId}`;
    return row.n;
  };

  test("is stored whole when nothing is wrong", async () => {
    const { id, code } = await device();
    const rows = Array.from({ length: 50 }, (_, i) => reading(code, moment(i)));
    expect(await telemetry(rows)).toMatchObject({
      status: 201,
      body: { created: 50, duplicates: 0, errors: [] },
    });
    expect(await countOf("telemetry", id)).toBe(50);
  });

  test("is stored but for the rows at fault, each listed by its index", async () => {
    const { id, code } = await device();
    await telemetry([reading(code, moment(0))]);
    const answer = await telemetry([
      reading(code, moment(0)),
      reading(code, moment(1)),
      reading("nobody", moment(2)),
      reading(code, moment(1), { voltage: 1 }),
      reading(code, moment(3), { voltage: -1, current: "x" }),
      null,
      "reading",
      [],
      reading(code, secondsFromNow(600)),
      reading(code, moment(2)),
    ]);
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      created: 2,
      duplicates: 2,
      errors: [
        { index: 0, errors: { timestamp: [expect.stringMatching(/duplicate/i)] } },
        { index: 2, errors: { device_code: ["Device not found."] } },
        { index: 3, errors: { timestamp: [expect.stringMatching(/duplicate/i)] } },
        { index: 4, errors: { voltage: [expect.any(String)], current: [expect.any(String)] } },
        { index: 5, errors: { body: [expect.any(String)] } },
        { index: 6, errors: { body: [expect.any(String)] } },
        { index: 7, errors: expect.any(Object) },
        { index: 8, errors: { timestamp: [expect.any(String)] } },
      ],
    });
    const rows = await at.sql`
      select voltage from telemetry where device_id = ${id} order by timestamp`;
    expect([...rows]).toEqual(Array(3).fill({ voltage: 230 }));
  });

  test("of parking logs tells the two states at one timestamp from repetitions", async () => {
    const { id, code } = await device();
    const answer = await logs([
      parkingLog(code, moment(0), true),
      parkingLog(code, moment(0), false),
      parkingLog(code, moment(0), true),
      { ...parkingLog(code, moment(1)), is_occupied: "yes" },
      parkingLog("nobody", moment(2)),
    ]);
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      created: 2,
      duplicates: 1,
      errors: [
        { index: 2, errors: { timestamp: [expect.stringMatching(/duplicate/i)] } },
        { index: 3, errors: { is_occupied: [expect.any(String)] } },
        { index: 4, errors: { device_code: ["Device not found."] } },
      ],
    });
    const [state] = await at.sql`select is_occupied from device_state where device_id = ${id}`;
    expect(state).toEqual({ is_occupied: false });
  });

  test("that creates nothing is answered 200", async () => {
    const { code } = await device();
    await telemetry([reading(code, moment(0))]);
    const rows = [reading(code, moment(0)), reading("nobody", moment(0))];
    expect(await telemetry(rows)).toMatchObject({
      status: 200,
      body: { created: 0, duplicates: 1, errors: [{ index: 0 }, { index: 1 }] },
    });
    const nothing = { status: 200, body: { created: 0, duplicates: 0, errors: [] } };
    expect(await telemetry([])).toMatchObject(nothing);
    expect(await logs([])).toMatchObject(nothing);
  });

  test.each([{}, { rows: [] }, "rows", 1, true, null])(
    "that is %j is no list: 400",
    async (body) => {
      for (const answer of [await telemetry(body), await logs(body)]) {
        expect(answer.status).toBe(400);
        expect(answer.body.errors).toEqual({ body: [expect.any(String)] });
      }
    },
  );

  test("may have 10,000 rows and not one more", async () => {
    const { id, code } = await device();
    const rows = Array.from({ length: 10_001 }, (_, i) => reading(code, moment(i)));
    const refused = await telemetry(rows);
    expect(refused.status).toBe(400);
    expect(refused.body.errors).toEqual({ body: [expect.stringContaining("10000")] });
    expect(await countOf("telemetry", id)).toBe(0);
    expect(await telemetry(rows.slice(1))).toMatchObject({
      status: 201,
      body: { created: 10_000, duplicates: 0, errors: [] },
    });
    expect(await countOf("telemetry", id)).toBe(10_000);
    expect(await telemetry(rows.slice(1))).toMatchObject({
      status: 200,
      body: { created: 0, duplicates: 10_000 },
    });
  });

  test("of 10,000 rows at fault lists every one by its index", async () => {
    const { code } = await device();
    const faults = [
      { device_code: "nobody" },
      { timestamp: "yesterday" },
      { voltage: -1 },
      { timestamp: "2001-01-01T00:00:00Z", device_code: 7 },
    ];
    const rows = Array.from({ length: 10_000 }, (_, i) =>
      reading(code, moment(0), faults[i % faults.length]),
    );
    const { status, body } = await telemetry(rows);
    expect({ status, created: body.created }).toEqual({ status: 200, created: 0 });
    const listed = body.errors.map(({ index, errors }: { index: number; errors: object }) => [
      index,
      ...Object.keys(errors),
    ]);
    const fields = ["device_code", "timestamp", "voltage", "device_code"];
    expect(listed).toEqual(rows.map((_, i) => [i, fields[i % fields.length]]));
  });

  test("lists a row of more bytes than a message may have, and stores the others", async () => {
    const { code } = await device();
    const answer = await telemetry([
      reading(code, moment(0)),
      reading(code, moment(1), { note: "x".repeat(64 * 1024) }),
      reading(code, moment(2)),
    ]);
    expect(answer).toMatchObject({ status: 201, body: { created: 2, duplicates: 0 } });
    expect(answer.body.errors).toEqual([
      { index: 1, errors: { body: [expect.stringContaining("65536 bytes")] } },
    ]);
  });

  test("may have 10,000 parking logs and not one more", async () => {
    const { id, code } = await device();
    const rows = Array.from({ length: 10_001 }, (_, i) => parkingLog(code, moment(i), i % 2 === 0));
    expect((await logs(rows)).status).toBe(400);
    expect(await logs(rows.slice(1))).toMatchObject({ status: 201, body: { created: 10_000 } });
    expect(await countOf("parking_logs", id)).toBe(10_000);
  });

  test("spread over many devices and months is stored in full", async () => {
    const devices = await Promise.all(Array.from({ length: 20 }, device));
    const months = Array.from(
      { length: 12 },
      (_, i) => `2023-${String(i + 1).padStart(2, "0")}-15`,
    );
    const rows = devices.flatMap(({ code }) => months.map((day) => reading(code, moment(0, day))));
    expect(await telemetry(rows)).toMatchObject({
      status: 201,
      body: { created: 240, errors: [] },
    });
  });
});
