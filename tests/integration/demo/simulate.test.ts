import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { connectDatabase } from "@/db/client";
import { checkOffline } from "@/lib/server/alerts/check-offline";
import { makeKey, TEST_KEY } from "../../support/accounts";
import { until } from "../../support/clock";
import { contradictions } from "../../support/consistency";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import { makeFacility } from "../../support/factories";
import { type RunningServer, startServer } from "../../support/server";

vi.setConfig({ testTimeout: 120_000 });

let database: TestDatabase;
let server: RunningServer;
beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServer({ kind: "gateway", databaseUrl: database.url });
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

function simulate(args: string[], key = TEST_KEY) {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "scripts/simulate.ts", "--url", server.url, ...args],
    { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, SMART_PARKING_KEY: key } },
  );
  let output = "";
  const keep = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const ended = once(child, "close").then(([code]) => ({ code: code as number, output }));
  return { child, ended, output: () => output };
}

/** A line of the closing table. */
function countsOf(output: string, name: string) {
  const line = output.split("\n").findLast((text) => text.startsWith(`${name} `));
  const numbers = (line ?? "").slice(name.length).trim().split(/\s+/).map(Number);
  const [rows, sent, created, duplicates, refused] = numbers;
  return { rows, sent, created, duplicates, refused };
}

/** The numbers in the line of an injected fault. */
const injected = (output: string, fault: string) =>
  [...(new RegExp(`^${fault} .*`, "m").exec(output)?.[0] ?? "").matchAll(/ (\d+) /g)].map(
    ([, digits]) => Number(digits),
  );

const devicesOf = async (facility: string) => {
  const [row] = await database.sql`
    select count(*)::int as n, count(s.last_telemetry_at)::int as heard,
           count(s.is_occupied)::int as known
    from facilities f join zones z on z.facility_id = f.id join devices d on d.zone_id = z.id
    join device_state s on s.device_id = d.id where f.code = ${facility}`;
  return { ...row };
};

const alertsOf = async (facility: string, type: string) => {
  const rows = await database.sql`
    select d.code, a.occurrences from alerts a join devices d on d.id = a.device_id
    join zones z on z.id = d.zone_id join facilities f on f.id = z.facility_id
    where f.code = ${facility} and a.alert_type = ${type} order by 1`;
  return rows.map((row) => ({ ...row }));
};

test("devices are made and all that they send is accepted; a second run makes none and repeats nothing", async () => {
  const args = ["--devices", "300", "--every", "1s", "--seconds", "4"];
  const first = await simulate(args).ended;
  expect(first).toMatchObject({ code: 0 });
  expect(first.output).toContain("Created 1 facility, 2 zones and 300 devices");
  const telemetry = countsOf(first.output, "telemetry");
  expect(telemetry).toMatchObject({ duplicates: 0, refused: 0 });
  // Four rounds, and the first device of the fifth; a round may be missed where the machine stalls.
  expect(telemetry.created).toBe(telemetry.rows);
  const logs = countsOf(first.output, "parking logs");
  expect(logs).toEqual({ ...logs, created: logs.rows, duplicates: 0, refused: 0 });
  expect(await devicesOf("SIMULATED")).toEqual({ n: 300, heard: 300, known: 300 });
  const [stored] = await database.sql`select count(*)::int as n from telemetry`;
  expect(stored!.n).toBe(telemetry.created);
  const second = await simulate(args).ended;
  expect(second.output).toContain("Created 0 facilities, 0 zones and 0 devices");
  expect(countsOf(second.output, "total")).toMatchObject({ duplicates: 0, refused: 0 });
  expect(await contradictions(database.sql)).toEqual([]);
});

describe("faults on request give exactly the alerts and refusals that are told", () => {
  const FACILITY = "FAULTY";
  let output: string;
  beforeAll(async () => {
    await makeFacility(database.sql, { code: FACILITY, timeZone: "Asia/Kathmandu" });
    const run = simulate([
      ...["--devices", "500", "--every", "500ms", "--seconds", "5", "--facility", FACILITY],
      ...["--faults", "silence,over-power,clock-skew,duplicates,bursts"],
    ]);
    const { code, output: printed } = await run.ended;
    expect(code).toBe(0);
    output = printed;
  });

  test("readings from the future are refused by their reason, late and doubled ones are no alert", async () => {
    const [ahead, late] = injected(output, "clock-skew");
    expect(ahead).toBeGreaterThan(0);
    expect(late).toBeGreaterThan(0);
    const [doubled] = injected(output, "duplicates");
    expect(doubled).toBeGreaterThan(0);
    const total = countsOf(output, "telemetry");
    expect(total).toMatchObject({ refused: ahead, duplicates: doubled });
    expect(total.created).toBe(total.rows! - ahead! - doubled!);
    expect(output).toContain(`${ahead}  timestamp: Must not be more than 60 s in the future.`);
    expect(await alertsOf(FACILITY, "invalid_data")).toEqual([]);
  });

  test("over-power raises one alert a device, counted as often as it was read", async () => {
    const [readings, devices] = injected(output, "over-power");
    const alerts = await alertsOf(FACILITY, "high_power");
    expect(alerts.map(({ code }) => code)).toEqual(
      [2, 102, 202, 302, 402].map((n) => `FAULTY-SIM-${String(n).padStart(5, "0")}`),
    );
    expect(alerts).toHaveLength(devices!);
    expect(alerts.reduce((sum, { occurrences }) => sum + occurrences, 0)).toBe(readings);
  });

  test("silence: those devices, and no others, are found by the check", async () => {
    const [devices] = injected(output, "silence");
    const [heard] = await database.sql`
      select max(s.last_telemetry_at) filter (where number % 100 = 1) as silent,
             min(s.last_telemetry_at) filter (where number % 100 <> 1) as speaking
      from device_state s join devices d on d.id = s.device_id,
           lateral (select right(d.code, 5)::int as number) n
      where d.code like 'FAULTY-%'`;
    expect(heard!.silent < heard!.speaking).toBe(true);
    // A moment at which exactly those that fell silent have been so for more than 120 s.
    const now = new Date((heard!.speaking as Date).getTime() + 120_000);
    const { db, sql } = connectDatabase(database.url, 1);
    try {
      const ids = await database.sql`select id from devices where code like 'FAULTY-%'`;
      const deviceIds = ids.map(({ id }) => id as number);
      const check = await checkOffline({ db, now }, { deviceIds });
      expect(check).toMatchObject({ checked: 500, raised: devices });
    } finally {
      await sql.end();
    }
    expect((await alertsOf(FACILITY, "offline")).map(({ code }) => code)).toEqual(
      [1, 101, 201, 301, 401].map((n) => `FAULTY-SIM-${String(n).padStart(5, "0")}`),
    );
  });

  test("bursts are stored like all else, and every number can be explained", async () => {
    const [readings, bursts] = injected(output, "bursts");
    expect(readings).toBe(bursts! * 495);
    const [most] = await database.sql`
      select count(*)::int as n from telemetry group by timestamp order by 1 desc limit 1`;
    expect(most!.n).toBeGreaterThanOrEqual(490);
    expect(await contradictions(database.sql)).toEqual([]);
  });
});

test("a key for one facility is enough where the facility is there", async () => {
  const { id } = await makeFacility(database.sql, { code: "OWN" });
  const { secret } = await makeKey(database.sql, { facilityId: id });
  const args = ["--devices", "5", "--every", "500ms", "--seconds", "1", "--facility", "OWN"];
  const { code, output } = await simulate(args, secret).ended;
  expect([code, output]).toEqual([0, expect.stringContaining("5 devices")]);
  expect(await devicesOf("OWN")).toMatchObject({ n: 5, heard: 5 });
});

test("without a valid key it stops, says why and sends nothing", async () => {
  const args = ["--devices", "5", "--facility", "NEVER"];
  const { code, output } = await simulate(args, "sp_wrong").ended;
  expect([code, output]).toEqual([1, expect.stringContaining("401")]);
  expect(await devicesOf("NEVER")).toMatchObject({ n: 0 });
});

test("Ctrl-C ends it in order, with the table; a key that is revoked meanwhile with the reason", async () => {
  const args = ["--devices", "20", "--every", "500ms", "--facility", "STOPPED"];
  const stopped = simulate(args);
  await until("all have sent", async () => (await devicesOf("STOPPED")).heard === 20);
  stopped.child.kill("SIGINT");
  const { code, output } = await stopped.ended;
  expect(code).toBe(0);
  const total = countsOf(output, "total");
  expect(total.created).toBe(total.rows);
  const { id, secret } = await makeKey(database.sql);
  const refused = simulate(
    ["--devices", "20", "--every", "500ms", "--facility", "STOPPED"],
    secret,
  );
  await until("it sends", () => refused.output().includes("there already"));
  await database.sql`update api_keys set revoked_at = now() where id = ${id}`;
  await database.sql`select pg_notify('api_keys', 'all')`;
  expect(await refused.ended).toMatchObject({ code: 1, output: expect.stringContaining("401") });
});
