import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { contradictions } from "@/tests/support/consistency";
import { describeBothKinds } from "@/tests/support/contract";
import { makeDevice } from "@/tests/support/factories";
import { at as moment, parkingLog, reading } from "@/tests/support/messages";

const CALLS = [
  "/api/telemetry",
  "/api/telemetry/bulk",
  "/api/parking-log",
  "/api/parking-log/bulk",
];
const DEVICE = "fuzz-1";
const DEADLINE_MS = 15_000;

/** Values that no field takes, or only with care. */
const ODD_VALUES = [
  null,
  true,
  "",
  " ",
  0,
  -0,
  -1,
  1e308,
  5e-324,
  2 ** 53,
  [],
  [[]],
  {},
  { length: 1 },
  "NaN",
  "Infinity",
  "\u0000",
  `${DEVICE}\u0000`,
  "\ud800",
  "\udfff\ud800",
  "🚗",
  "👩‍👩‍👧‍👦".repeat(40),
  "a\u202eb",
  "x".repeat(5_000),
  "'; drop table telemetry; --",
  "{}",
  "%00",
  "0001-01-01T00:00:00Z",
  "9999-12-31T23:59:59.999Z",
  "2025-02-30T00:00:00Z",
  "2025-01-01T00:00:00+99:99",
  "2000-01-01T00:00:00+14:00",
  "-000001-01-01T00:00:00Z",
  "+275760-09-13T00:00:00Z",
];

/** JSON that JSON.stringify never writes. */
const ODD_TEXTS = [
  `{"device_code":"${DEVICE}","timestamp":"2025-01-01T00:00:00Z","voltage":1e999,"current":1}`,
  `{"device_code":"${DEVICE}","timestamp":"2025-01-01T00:00:00Z","voltage":-1e999,"current":1}`,
  `{"device_code":"${DEVICE}","timestamp":"2025-01-01T00:00:00Z","voltage":NaN,"current":1}`,
  `{"device_code":"${DEVICE}","timestamp":"2025-01-01T00:00:00Z","voltage":${"9".repeat(400)},"current":1}`,
  `{"device_code":"${DEVICE}","timestamp":"2025-01-01T00:00:00Z","voltage":1.${"1".repeat(5_000)},"current":1}`,
  `{"device_code":"${DEVICE}","device_code":"nobody","timestamp":"2025-01-01T00:00:00Z","voltage":1,"current":1}`,
  `{"__proto__":{"device_code":"${DEVICE}"},"constructor":1,"toString":2}`,
  `{"device_code":"\\ud83d","timestamp":"2025-01-01T00:00:00Z","voltage":1,"current":1}`,
  `[${'{"device_code":"\\u0000"},'.repeat(500)}null]`,
  "[".repeat(30_000),
  "[".repeat(30_000) + "]".repeat(30_000),
  `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`,
  `[${"[".repeat(200_000)}${"]".repeat(200_000)}]`,
  `[${"{},".repeat(9_999)}{}]`,
  `[${"0,".repeat(1_000_000)}0]`,
  `"${"x".repeat(10 * 1024 * 1024)}"`,
  `[${" ".repeat(10 * 1024 * 1024)}]`,
  "\ufeff{}",
  "null",
  "0",
  '"',
  "",
];

const ODD_BYTES = [
  Buffer.from([0xff, 0xfe, 0x7b, 0x7d]),
  Buffer.from([0xc3, 0x28]),
  Buffer.from([0xed, 0xa0, 0x80]),
  Buffer.from(`{"device_code":"\xff"}`, "latin1"),
  Buffer.alloc(1_000),
];

const value = fc.oneof(
  fc.constantFrom(...ODD_VALUES),
  fc.jsonValue({ maxDepth: 3 }),
  fc.double(),
  fc.string({ unit: "binary" }),
  fc
    .date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
    .map((date) => date.toISOString()),
);
/** A message that is right but for some of its fields, so that it gets far. */
const message = fc
  .tuple(
    fc.boolean(),
    fc.nat({ max: 50_000 }),
    fc.dictionary(
      fc.constantFrom(
        ...["device_code", "timestamp", "voltage", "current", "is_occupied"],
        ...["power_factor", "temperature_c", "battery_v", "rssi_dbm", "extra"],
      ),
      value,
      { maxKeys: 2 },
    ),
  )
  .map(([telemetry, second, changes]) => ({
    ...(telemetry ? reading(DEVICE, moment(second)) : parkingLog(DEVICE, moment(second))),
    ...changes,
  }));
const body = fc.oneof(
  fc
    .oneof(message, fc.array(fc.oneof(message, value), { maxLength: 8 }), value)
    .map((json) => Buffer.from(JSON.stringify(json) ?? "")),
  fc.json().map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.tuple(message, fc.nat(), fc.nat({ max: 255 })).map(([json, position, byte]) => {
    const bytes = Buffer.from(JSON.stringify([json]));
    bytes[position % bytes.length] = byte;
    return bytes;
  }),
);

describeBothKinds("whatever is sent to the ingest calls", (at) => {
  /** Rows that answers have called created so far. */
  let told = 0;
  beforeAll(async () => {
    await makeDevice(at.sql, { code: DEVICE });
  });

  /** Sends a body, checks that the answer is one of ours, and counts what it says was stored. */
  const send = async (path: string, bytes: Buffer | string, type = "application/json") => {
    const answer = await at.api.send("POST", path, {
      headers: { "Content-Type": type },
      body: typeof bytes === "string" ? bytes : new Uint8Array(bytes),
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    const { status, body: content } = answer;
    const sent = `${path} ${bytes.toString().slice(0, 300)}`;
    expect([200, 201, 400, 409, 413], sent).toContain(status);
    if (status >= 400) {
      expect(answer.headers.get("content-type"), sent).toMatch(/^application\/problem\+json/);
      expect(content, sent).toMatchObject({ status, title: expect.any(String) });
    }
    told += content.created ?? (status === 201 ? 1 : 0);
  };
  const expectWhatWasTold = async () => {
    const [stored] = await at.sql`
      select (select count(*) from telemetry)::int + (select count(*) from parking_logs)::int as n`;
    expect(stored).toEqual({ n: told });
    expect(await contradictions(at.sql)).toEqual([]);
  };

  test("odd values in every field get a 4xx or are stored as the answer says", async () => {
    const fields = [
      ...["device_code", "timestamp", "voltage", "current", "is_occupied"],
      ...["power_factor", "temperature_c", "battery_v", "rssi_dbm"],
    ];
    let second = 0;
    for (const field of fields) {
      const sent = ODD_VALUES.flatMap((odd) => {
        const telemetry = { ...reading(DEVICE, moment(second++)), [field]: odd };
        const log = { ...parkingLog(DEVICE, moment(second++)), [field]: odd };
        return [
          send("/api/telemetry", JSON.stringify(telemetry)),
          send("/api/parking-log", JSON.stringify(log)),
          send("/api/telemetry/bulk", JSON.stringify([telemetry, odd])),
          send("/api/parking-log/bulk", JSON.stringify([odd, log])),
        ];
      });
      await Promise.all(sent);
    }
    expect(told).toBeGreaterThan(0);
    await expectWhatWasTold();
  });

  test("odd texts and bytes get a 4xx, however deep, long or broken", async () => {
    for (const path of CALLS) {
      for (const odd of [...ODD_TEXTS, ...ODD_BYTES]) await send(path, odd);
    }
    await expectWhatWasTold();
  });

  test("arbitrary bodies get a 4xx or are stored as the answer says", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...CALLS), body), { minLength: 1, maxLength: 12 }),
        async (requests) => {
          await Promise.all(requests.map(([path, bytes]) => send(path, bytes)));
        },
      ),
      { numRuns: 120 },
    );
    await expectWhatWasTold();
  });

  test("the server serves on as if nothing had happened", async () => {
    const before = told;
    await send("/api/telemetry", JSON.stringify(reading(DEVICE, moment(100_000))));
    expect(told).toBe(before + 1);
    expect((await at.api.get("/api/health")).status).toBe(200);
    await expectWhatWasTold();
  });
});
