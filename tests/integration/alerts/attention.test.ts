import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Reach } from "@/lib/domain/access/reach";
import { type Context, SYSTEM } from "@/lib/server/context";
import { type AttentionKind, readAttention } from "@/lib/server/dashboard/read-attention";
import { type EmptyEstate, emptyEstate } from "@/tests/support/empty-estate";
import { type Device, makeDevice, makeFacility, makeZone } from "@/tests/support/factories";
import { makeAlert, park, report } from "@/tests/support/history";

let estate: EmptyEstate;
let zoneA: { id: number; facilityId: number };
let zoneB: { id: number; facilityId: number };
const NOW = "2025-03-02T12:00:00.000Z";

const context = (reach: Reach = { kind: "all" }): Context => ({
  ...estate.context(Date.parse(NOW)),
  actor: { ...SYSTEM, reach },
});
const read = (wanted: { facilityId?: number; zoneId?: number } = {}, reach?: Reach) =>
  readAttention(context(reach), { ...wanted, limit: 10 });
const codes = async (kind: AttentionKind, ...asked: Parameters<typeof read>) =>
  (await read(...asked))[kind].rows.map((row) => row.device_code);

beforeAll(async () => {
  estate = await emptyEstate();
  const { sql } = estate;
  const facility = await makeFacility(sql, { name: "Harbour" });
  zoneA = await makeZone(sql, { code: "A", facilityId: facility.id });
  zoneB = await makeZone(sql, { code: "B", facilityId: (await makeFacility(sql)).id });
  const device = (code: string, zoneId: number, more = {}) =>
    makeDevice(sql, { code, zoneId, ...more });
  const well = await device("well", zoneA.id);
  const short = await device("silent-short", zoneA.id);
  const long = await device("silent-long", zoneB.id);
  const retired = await device("silent-retired", zoneA.id, { retiredAt: new Date(NOW) });
  await device("never", zoneA.id);
  const eventsAlone = await device("events-alone", zoneA.id);
  const patient = await device("patient", zoneA.id, { offlineAfterSeconds: 86_400 });
  const ago = (device: Device, minutes: number): [Device, string] => [
    device,
    new Date(Date.parse(NOW) - minutes * 60_000).toISOString(),
  ];
  await report(
    sql,
    ago(well, 1),
    ago(short, 3),
    ago(long, 900),
    ago(retired, 900),
    ago(patient, 900),
  );
  await park(sql, [...ago(eventsAlone, 900), true]);
  await makeAlert(sql, well, "2025-03-02T11:50:00Z");
  await makeAlert(sql, long, "2025-03-02T09:00:00Z");
  await makeAlert(sql, short, "2025-03-02T08:00:00Z", { acknowledgedAt: NOW });
  await makeAlert(sql, patient, "2025-03-02T07:00:00Z", { resolvedAt: NOW });
  await makeAlert(sql, eventsAlone, "2025-03-02T06:00:00Z", {
    ...{ type: "invalid_data", severity: "WARNING" },
  });
});
afterAll(() => estate.drop());

describe("what needs attention", () => {
  it("is silence, open critical alerts and devices never heard, the oldest first", async () => {
    expect(await codes("offline")).toEqual(["silent-long", "silent-short"]);
    expect(await codes("critical")).toEqual(["silent-long", "well"]);
    expect(await codes("never")).toEqual(["never"]);
  });

  it("says since when, and where", async () => {
    const { offline, critical } = await read();
    expect(offline.rows[1]).toMatchObject({
      ...{ zone_code: "A", facility_name: "Harbour", alert_id: null },
      since: "2025-03-02T11:57:00.000Z",
    });
    expect(critical.rows[1]).toMatchObject({
      ...{ alert_id: expect.any(Number), alert_type: "high_power" },
      since: "2025-03-02T11:50:00.000Z",
    });
  });

  it("is counted whole where only the first are listed", async () => {
    const { offline } = await readAttention(context(), { limit: 1 });
    expect(offline).toMatchObject({ total: 2, rows: [{ device_code: "silent-long" }] });
  });

  it("is that of the place in view, within reach", async () => {
    expect(await codes("offline", { zoneId: zoneA.id })).toEqual(["silent-short"]);
    expect(await codes("offline", { facilityId: zoneB.facilityId })).toEqual(["silent-long"]);
    const reach: Reach = { kind: "facilities", ids: [zoneA.facilityId] };
    expect(await codes("offline", {}, reach)).toEqual(["silent-short"]);
    expect((await read({ facilityId: zoneB.facilityId }, reach)).critical.total).toBe(0);
  });
});
