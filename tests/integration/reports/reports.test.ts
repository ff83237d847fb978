import Papa from "papaparse";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { downloadAnswer } from "@/app/api/_http/download";
import * as summary from "@/app/api/dashboard/summary/route";
import * as usage from "@/app/api/reports/usage/route";
import type { UsageRow } from "@/lib/server/reports/usage-row";
import { type Device, makeDevice, makeFacility, makeZone } from "@/tests/support/factories";
import { type Event, park } from "@/tests/support/history";
import { callRoutes, startRuntime } from "@/tests/support/routes";

let database: Awaited<ReturnType<typeof startRuntime>>;
beforeAll(async () => {
  database = await startRuntime();
});
afterAll(() => database.stop());

const api = callRoutes({ "/api/reports/usage": usage, "/api/dashboard/summary": summary });
const HEADER = "date,device_code,zone_code,facility,is_occupied,timestamp";

async function lines(query: string): Promise<string[]> {
  const { status, body } = await api.get(`/api/reports/usage?${query}`);
  expect(status).toBe(200);
  const all = (body as string).split("\r\n");
  expect(all.shift()).toBe(HEADER);
  expect(all.pop()).toBe("");
  return all;
}

/** So many events of one device, a minute apart. */
function events(device: Device, from: string, count: number): Event[] {
  return Array.from({ length: count }, (_, i) => [
    device,
    new Date(Date.parse(from) + i * 60_000).toISOString(),
    i % 2 === 0,
  ]);
}

describe("the usage report", () => {
  it("holds the events of the local dates in order, in local time with offset", async () => {
    const facility = await makeFacility(database.sql, { code: "HAFEN", timeZone: "Europe/Berlin" });
    const zone = await makeZone(database.sql, { facilityId: facility.id, code: "Deck, oben" });
    const a = await makeDevice(database.sql, { zoneId: zone.id, code: "bay-1" });
    const b = await makeDevice(database.sql, { zoneId: zone.id, code: "=1+1" });
    await park(
      database.sql,
      [b, "2024-10-26T22:00:00Z", true],
      [a, "2024-10-26T21:59:59Z", true],
      [b, "2024-10-27T01:30:00.250Z", false],
      [a, "2024-10-26T22:00:00Z", false],
      [a, "2024-10-27T23:00:00Z", true],
    );
    expect(await lines("date_from=2024-10-27&date_to=2024-10-27&facility=HAFEN")).toEqual([
      '2024-10-27,bay-1,"Deck, oben",HAFEN,false,2024-10-27T00:00:00+02:00',
      `2024-10-27,"'=1+1","Deck, oben",HAFEN,true,2024-10-27T00:00:00+02:00`,
      `2024-10-27,"'=1+1","Deck, oben",HAFEN,false,2024-10-27T02:30:00.250+01:00`,
    ]);
    const json = await api.get(
      "/api/reports/usage?date_from=2024-10-28&date_to=2024-10-26&facility=HAFEN&format=json",
    );
    expect(json.body).toHaveLength(5);
    expect(json.body[0]).toEqual({
      ...{ date: "2024-10-26", device_code: "bay-1", zone_code: "Deck, oben", facility: "HAFEN" },
      ...{ is_occupied: true, timestamp: "2024-10-26T23:59:59+02:00" },
    });
  });

  it("takes each facility by its own local dates", async () => {
    const east = await makeDevice(database.sql, { timeZone: "Pacific/Kiritimati" });
    const west = await makeDevice(database.sql, { timeZone: "Pacific/Niue" });
    await park(
      database.sql,
      [east, "2025-05-04T09:59:59Z", true],
      [east, "2025-05-04T10:00:00Z", false],
      [east, "2025-05-05T10:00:00Z", true],
      [west, "2025-05-05T10:59:59Z", true],
      [west, "2025-05-06T10:59:59Z", true],
      [west, "2025-05-06T11:00:00Z", false],
    );
    const rows = await lines("date_from=2025-05-05&date_to=2025-05-05");
    expect(rows.map((row) => row.split(",").at(-1))).toEqual([
      "2025-05-05T00:00:00+14:00",
      "2025-05-05T23:59:59-11:00",
    ]);
  });

  it("holds each event once however many chunks it takes, as many as the summary counts", async () => {
    const facility = await makeFacility(database.sql, { timeZone: "Asia/Kolkata" });
    const zone = await makeZone(database.sql, { facilityId: facility.id });
    for (let i = 0; i < 4; i++) {
      const device = await makeDevice(database.sql, { zoneId: zone.id });
      await park(database.sql, ...events(device, "2025-04-30T12:00:00Z", 1_700));
    }
    const counts: number[] = [];
    for (const date of ["2025-04-30", "2025-05-01", "2025-05-02"]) {
      const day = await api.get(`/api/dashboard/summary?date=${date}&facility=${facility.id}`);
      const rows = await lines(`date_from=${date}&date_to=${date}&facility=${facility.id}`);
      expect(rows).toHaveLength(day.body.total_parking_events);
      const hours = day.body.hourly_usage as { count: number }[];
      expect(hours.reduce((sum, { count }) => sum + count, 0)).toBe(rows.length);
      counts.push(rows.length);
    }
    expect(counts).toEqual([4 * 390, 4 * 1_310, 0]);
    const range = `date_from=2025-04-30&date_to=2025-05-01&zone=${zone.id}`;
    const all = await lines(range);
    expect(new Set(all).size).toBe(6_800);
    const times = all.map((row) => Date.parse(row.split(",").at(-1) ?? ""));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    const json = await api.get(`/api/reports/usage?${range}&format=json`);
    const csv = Papa.parse<Record<string, string>>(`${HEADER}\n${all.join("\n")}`, {
      header: true,
    });
    expect(
      json.body.map((row: UsageRow) => ({ ...row, is_occupied: String(row.is_occupied) })),
    ).toEqual(csv.data);
  });

  it("is a file with a name, empty but whole when there is nothing", async () => {
    const facility = await makeFacility(database.sql);
    const query = `date_from=2025-03-02&date_to=2025-03-01&facility=${facility.id}`;
    const csv = await api.get(`/api/reports/usage?${query}`);
    expect(csv.headers.get("content-disposition")).toBe(
      'attachment; filename="usage_2025-03-01_2025-03-02.csv"',
    );
    expect(csv.headers.get("content-type")).toMatch(/^text\/csv; charset=utf-8/);
    expect(csv.body).toBe(`${HEADER}\r\n`);
    const json = await api.get(`/api/reports/usage?${query}&format=json`);
    expect(json.headers.get("content-type")).toBe("application/json");
    expect(json.body).toEqual([]);
  });

  it.each([
    ["", { date_from: ["Required."], date_to: ["Required."] }],
    ["date_from=2025-03-01", { date_to: ["Required."] }],
    ["date_from=2025-03-01&date_to=1.3.2025", { date_to: ["Must be a date, YYYY-MM-DD."] }],
    ["date_from=2025-03-01&date_to=2025-03-01&format=xlsx", { format: ["Must be csv or json."] }],
    ["date_from=2025-03-01&date_to=2025-03-01&zone=no", { zone: ["No such zone."] }],
  ])("refuses %j", async (query, errors) => {
    const { status, body } = await api.get(`/api/reports/usage?${query}`);
    expect({ status, errors: body.errors }).toEqual({ status: 400, errors });
  });

  it("answers for the widest range of dates", async () => {
    const { status } = await api.get(
      "/api/reports/usage?date_from=0001-01-01&date_to=9999-12-31&facility=HAFEN",
    );
    expect(status).toBe(200);
  });
});

describe("a download", () => {
  const file = { filename: "a.csv", mediaType: "text/csv" };

  it("that fails midway breaks off instead of ending as if it were complete", async () => {
    const text = async function* () {
      yield "first\n";
      throw new Error("the database went away");
    };
    const response = await downloadAnswer({ ...file, text: text() });
    await expect(response.text()).rejects.toThrow();
  });

  it("that fails before anything is sent is no download", async () => {
    // biome-ignore lint/correctness/useYield: a file that fails at once
    const text = async function* (): AsyncGenerator<string> {
      throw new Error("the database is away");
    };
    await expect(downloadAnswer({ ...file, text: text() })).rejects.toThrow("is away");
  });

  it("is read no further than its client takes it, and no more once the client has gone", async () => {
    let given = 0;
    let ended = false;
    const text = async function* () {
      try {
        for (;;) yield `${++given}\n`;
      } finally {
        ended = true;
      }
    };
    const response = await downloadAnswer({ ...file, text: text() });
    const reader = response.body!.getReader();
    await reader.read();
    await reader.read();
    expect(given).toBe(2);
    await reader.cancel();
    expect({ given, ended }).toEqual({ given: 2, ended: true });
  });
});
