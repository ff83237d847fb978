import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as one from "@/app/api/alerts/[id]/route";
import * as bulk from "@/app/api/alerts/acknowledge/route";
import * as list from "@/app/api/alerts/route";
import * as undo from "@/app/api/alerts/unacknowledge/route";
import { connectDatabase } from "@/db/client";
import { EVERYWHERE, type Reach } from "@/lib/domain/access/reach";
import { acknowledgeAlert } from "@/lib/server/alerts/acknowledge-alert";
import { acknowledgeAlerts } from "@/lib/server/alerts/acknowledge-alerts";
import { unacknowledgeAlerts } from "@/lib/server/alerts/unacknowledge-alerts";
import { type Context, SYSTEM } from "@/lib/server/context";
import { readDeviceStatuses } from "@/lib/server/devices/read-device-statuses";
import { type Device, makeDevice, makeZone } from "@/tests/support/factories";
import { type AlertOverrides, makeAlert } from "@/tests/support/history";
import { callRoutes, startRuntime } from "@/tests/support/routes";

let database: Awaited<ReturnType<typeof startRuntime>>;
let pool: ReturnType<typeof connectDatabase>;
beforeAll(async () => {
  database = await startRuntime();
  pool = connectDatabase(database.url);
});
afterAll(async () => {
  await pool.sql.end();
  await database.stop();
});

const api = callRoutes({
  "/api/alerts": list,
  "/api/alerts/acknowledge": bulk,
  "/api/alerts/unacknowledge": undo,
  "/api/alerts/[id]": one,
});
const AT = "2025-03-02T12:00:00.000Z";
const as = (name: string, reach: Reach = EVERYWHERE): Context => ({
  db: pool.db,
  actor: { ...SYSTEM, name, reach },
  now: new Date(AT),
});
const comment = null;

/** Open alerts of devices of one zone. */
async function openAlerts(count: number, overrides: AlertOverrides = {}) {
  const zone = await makeZone(database.sql);
  const devices: Device[] = [];
  const ids: number[] = [];
  for (let i = 0; i < count; i++) {
    const device = await makeDevice(database.sql, { zoneId: zone.id });
    devices.push(device);
    ids.push(await makeAlert(database.sql, device, AT, overrides));
  }
  return { zone, devices, ids };
}
const timeline = async (id: number) => {
  const { body } = await api.get(`/api/alerts/${id}`);
  return body.timeline.map(({ kind, actor }: { kind: string; actor: string }) => [kind, actor]);
};
const openIds = async (zoneId: number): Promise<number[]> => {
  const { body } = await api.get(`/api/alerts?zone=${zoneId}&state=open`);
  return body.map(({ id }: { id: number }) => id).sort((a: number, b: number) => a - b);
};
const auditOf = (ids: number[]) => database.sql`
  select action, actor_name, subject_id, subject_name, after from audit_log
  where subject_id = any(${ids}) or after->'alert_ids' @> ${database.sql.json(ids)} order by id`;

describe("acknowledging many", () => {
  it("takes note of each, with the comment, in timelines and in one entry of the audit log", async () => {
    const { ids, zone } = await openAlerts(3);
    const { status, body } = await api.post("/api/alerts/acknowledge", {
      ...{ ids: [...ids, ids[0]], comment: " Technician is on site " },
    });
    expect(status).toBe(200);
    expect(body.unchanged).toBe(0);
    expect(body.acknowledged.map(({ id }: { id: number }) => id)).toEqual(ids);
    for (const { acknowledged_at, acknowledged_by } of body.acknowledged) {
      expect(acknowledged_by).toBe("test");
      expect(Date.now() - Date.parse(acknowledged_at)).toBeLessThan(60_000);
    }
    for (const id of ids) {
      const alert = (await api.get(`/api/alerts/${id}`)).body;
      expect(alert).toMatchObject({ acknowledge_comment: "Technician is on site" });
      expect(alert.timeline).toHaveLength(2);
      expect(alert.timeline[1]).toMatchObject({
        ...{ kind: "acknowledged", actor: "test", comment: "Technician is on site" },
      });
    }
    expect(await openIds(zone.id)).toEqual([]);
    expect(await auditOf(ids)).toEqual([
      {
        ...{ action: "alert.several_acknowledged", actor_name: "test" },
        ...{ subject_id: null, subject_name: "3 alerts" },
        after: { comment: "Technician is on site", alert_ids: ids },
      },
    ]);
  });

  it("leaves what is acknowledged as it is, and unknown ids aside", async () => {
    const { ids } = await openAlerts(2);
    await acknowledgeAlert(as("ada"), { id: ids[0]!, comment: "Mine" });
    const answer = await acknowledgeAlerts(as("bob"), { ids: [...ids, 2147483647], comment });
    expect(answer).toEqual({
      acknowledged: [{ id: ids[1], acknowledged_at: AT, acknowledged_by: "bob" }],
      unchanged: 2,
    });
    const again = await acknowledgeAlerts(as("bob"), { ids, comment: "Again" });
    expect(again).toEqual({ acknowledged: [], unchanged: 2 });
    expect(await timeline(ids[0]!)).toEqual([
      ["raised", "system"],
      ["acknowledged", "ada"],
    ]);
    expect(await auditOf([ids[1]!])).toMatchObject([{ action: "alert.acknowledged" }]);
  });

  it("by many operators at once: each alert knows one of them", async () => {
    const { ids, zone } = await openAlerts(40);
    const operators = Array.from({ length: 8 }, (_, i) => `operator ${i}`);
    const answers = await Promise.all(
      operators.flatMap((name, i) => {
        const theirs = i % 2 === 0 ? ids : [...ids].reverse();
        return [
          acknowledgeAlerts(as(name), { ids: theirs, comment }),
          acknowledgeAlerts(as(name), { matching: { zoneId: zone.id }, comment }),
          acknowledgeAlert(as(name), { id: theirs[0]!, comment }),
        ];
      }),
    );
    const firsts = answers.flatMap((answer) => ("id" in answer ? [] : answer.acknowledged));
    const singles = new Set(answers.flatMap((answer) => ("id" in answer ? [answer.id] : [])));
    const told = firsts.map(({ id }) => id);
    expect(new Set(told).size).toBe(told.length);
    expect(ids.filter((id) => !told.includes(id) && !singles.has(id))).toEqual([]);
    const [count] = await database.sql`
      select count(*)::int as n, count(distinct alert_id)::int as alerts from alert_transitions
      where alert_id = any(${ids}) and kind = 'acknowledged'`;
    expect(count).toEqual({ n: 40, alerts: 40 });
  });

  it("reaches no further than who asks", async () => {
    const near = await openAlerts(2);
    const far = await openAlerts(1);
    const reach: Reach = { kind: "zone", id: near.zone.id };
    const answer = await acknowledgeAlerts(as("ada", reach), {
      ids: [...near.ids, ...far.ids],
      comment,
    });
    expect(answer.acknowledged.map(({ id }) => id)).toEqual(near.ids);
    expect(answer.unchanged).toBe(1);
    await acknowledgeAlerts(as("ada", reach), { matching: {}, comment });
    expect(await openIds(far.zone.id)).toEqual(far.ids);
    await acknowledgeAlerts(as("ada"), { ids: far.ids, comment });
    const back = await unacknowledgeAlerts(as("ada", reach), { ids: far.ids });
    expect(back).toEqual({ unacknowledged: [], unchanged: 1 });
  });

  it("takes all that match the filters, and nothing that came up after someone looked", async () => {
    const { ids, zone, devices } = await openAlerts(3);
    const other = await makeAlert(database.sql, devices[0]!, AT, {
      ...{ type: "offline", severity: "WARNING" },
    });
    const looked = new Date(Date.parse(AT) + 60_000).toISOString();
    const later = new Date(Date.parse(AT) + 61_000).toISOString();
    const late = await makeAlert(database.sql, devices[1]!, later, { type: "invalid_data" });
    // Reopened after the look: what was seen was its end.
    await database.sql`insert into alert_transitions (alert_id, kind, at, actor)
      values (${ids[2]!}, 'reopened', ${later}, 'system')`;
    const { status, body } = await api.post("/api/alerts/acknowledge", {
      matching: { zone: String(zone.id), state: "open", severity: "CRITICAL" },
      as_of: looked,
    });
    expect(status).toBe(200);
    expect(body.acknowledged.map(({ id }: { id: number }) => id)).toEqual(ids.slice(0, 2));
    expect(await openIds(zone.id)).toEqual([ids[2]!, other, late]);
  });

  it.each([
    [{}, "ids"],
    [{ ids: [1], matching: {} }, "ids"],
    [{ ids: ["x"] }, "ids.0"],
    [{ ids: 7 }, "ids"],
    [{ ids: Array.from({ length: 10_001 }, (_, i) => i + 1) }, "ids"],
    [{ matching: { state: "gone" } }, "matching.state"],
    [{ matching: { zone: "nowhere" } }, "zone"],
    [{ matching: {}, as_of: "yesterday" }, "as_of"],
    [{ ids: [1], comment: "x".repeat(2_001) }, "comment"],
    [[], "body"],
  ])("refuses what makes no sense and names the field: %#", async (message, field) => {
    const { status, body } = await api.post("/api/alerts/acknowledge", message);
    expect(status).toBe(400);
    expect(Object.keys(body.errors)).toEqual([field]);
  });
});

describe("taking back", () => {
  it("opens the alert again, tells of it in timeline and audit, and its device's health follows", async () => {
    const { ids, devices } = await openAlerts(2);
    const facilityId = devices[0]!.facilityId;
    const health = async () => {
      const { rows } = await readDeviceStatuses({ ...as("ada"), now: new Date() }, { facilityId });
      return rows.map(({ health_score, open_alerts }) => [health_score, open_alerts]);
    };
    const before = await health();
    const each = ([score = 0, open = 0]: number[]) => [score + 10, open - 1];
    await api.post("/api/alerts/acknowledge", { ids, comment: "Seen" });
    expect(await health()).toEqual(before.map(each));
    const { status, body } = await api.post("/api/alerts/unacknowledge", { ids });
    expect({ status, body }).toEqual({
      status: 200,
      body: { unacknowledged: ids, unchanged: 0 },
    });
    expect(await health()).toEqual(before);
    for (const id of ids) {
      expect((await api.get(`/api/alerts/${id}`)).body).toMatchObject({
        ...{ acknowledged_at: null, acknowledged_by: null, acknowledge_comment: null },
      });
      expect(await timeline(id)).toEqual([
        ["raised", "system"],
        ["acknowledged", "test"],
        ["unacknowledged", "test"],
      ]);
    }
    expect((await auditOf(ids)).map(({ action }) => action)).toEqual([
      "alert.several_acknowledged",
      "alert.several_unacknowledged",
    ]);
    const again = await api.post("/api/alerts/unacknowledge", { ids });
    expect(again.body).toEqual({ unacknowledged: [], unchanged: 2 });
    const anew = await api.post("/api/alerts/acknowledge", { ids: [ids[0]] });
    expect(anew.body.acknowledged).toHaveLength(1);
  });

  it("leaves what others acknowledged, what was resolved since, and what is open", async () => {
    const { ids } = await openAlerts(4);
    const [own, others, resolved, open] = ids as [number, number, number, number];
    await acknowledgeAlerts(as("ada"), { ids: [own, resolved], comment });
    await acknowledgeAlerts(as("bob"), { ids: [others], comment });
    await database.sql`update alerts set resolved_at = ${AT} where id = ${resolved}`;
    const answer = await unacknowledgeAlerts(as("ada"), { ids: [own, others, resolved, open] });
    expect(answer).toEqual({ unacknowledged: [own], unchanged: 3 });
    const left = await database.sql`
      select id, acknowledged_by from alerts where id = any(${ids}) order by id`;
    expect(left.map(({ acknowledged_by }) => acknowledged_by)).toEqual([null, "bob", "ada", null]);
  });

  it("twice at the same moment leaves one entry in the timeline", async () => {
    const { ids } = await openAlerts(5);
    await acknowledgeAlerts(as("ada"), { ids, comment });
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => unacknowledgeAlerts(as("ada"), { ids })),
    );
    expect(answers.flatMap(({ unacknowledged }) => unacknowledged).sort((a, b) => a - b)).toEqual(
      ids,
    );
    expect(
      (await timeline(ids[0]!)).filter(([kind]: [string]) => kind === "unacknowledged"),
    ).toEqual([["unacknowledged", "ada"]]);
  });
});
