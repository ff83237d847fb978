import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as acknowledge from "@/app/api/alerts/[id]/acknowledge/route";
import * as one from "@/app/api/alerts/[id]/route";
import * as list from "@/app/api/alerts/route";
import { connectDatabase } from "@/db/client";
import { acknowledgeAlert } from "@/lib/server/alerts/acknowledge-alert";
import { SYSTEM } from "@/lib/server/context";
import { makeDevice, makeFacility, makeZone } from "@/tests/support/factories";
import { makeAlert } from "@/tests/support/history";
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
  "/api/alerts/[id]": one,
  "/api/alerts/[id]/acknowledge": acknowledge,
});
const ids = async (query: string): Promise<number[]> => {
  const { status, body } = await api.get(`/api/alerts?${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body.map((alert: { id: number }) => alert.id);
};
const AT = "2025-03-02T12:00:00.000Z";

describe("the list of alerts", () => {
  it("shows all that is known of an alert", async () => {
    const device = await makeDevice(database.sql);
    const id = await makeAlert(database.sql, device, AT);
    const { body, headers } = await api.get(`/api/alerts?device=${device.code}`);
    const [zone] = await database.sql`select code from zones where id = ${device.zoneId}`;
    expect(headers.get("x-total-count")).toBe("1");
    expect(body).toEqual([
      {
        ...{ id, device_id: device.id, device_code: device.code, zone_id: device.zoneId },
        ...{ zone_code: zone?.code, facility_id: device.facilityId },
        ...{ severity: "CRITICAL", alert_type: "high_power", message: "Too much", details: {} },
        ...{ created_at: AT, acknowledged_at: null, acknowledged_by: null },
        ...{ acknowledge_comment: null, resolved_at: null, occurrences: 1, last_triggered_at: AT },
      },
    ]);
  });

  it("is filtered by place, device, severity, type and whether they are open", async () => {
    const facility = await makeFacility(database.sql);
    const zone = await makeZone(database.sql, { facilityId: facility.id });
    const device = await makeDevice(database.sql, { zoneId: zone.id });
    const other = await makeDevice(database.sql, { zoneId: zone.id });
    const open = await makeAlert(database.sql, device, "2025-03-02T12:00:04Z");
    const acknowledged = await makeAlert(database.sql, device, "2025-03-02T12:00:03Z", {
      ...{ type: "offline", severity: "WARNING", acknowledgedAt: AT },
    });
    const resolved = await makeAlert(database.sql, device, "2025-03-02T12:00:02Z", {
      resolvedAt: AT,
    });
    const elsewhere = await makeAlert(database.sql, other, "2025-03-02T12:00:01Z");
    const all = [open, acknowledged, resolved, elsewhere];
    expect(await ids(`facility=${facility.code}`)).toEqual(all);
    expect(await ids(`zone=${zone.id}`)).toEqual(all);
    expect(await ids(`facility=${facility.id}&active=true`)).toEqual([open, elsewhere]);
    expect(await ids(`facility=${facility.id}&active=false`)).toEqual([acknowledged, resolved]);
    expect(await ids(`device=${device.id}`)).toEqual([open, acknowledged, resolved]);
    expect(await ids(`zone=${zone.id}&severity=WARNING`)).toEqual([acknowledged]);
    expect(await ids(`zone=${zone.id}&severity=INFO`)).toEqual([]);
    expect(await ids(`zone=${zone.id}&type=offline`)).toEqual([acknowledged]);
  });

  it("goes page by page through alerts of one instant, each once and newest first", async () => {
    const zone = await makeZone(database.sql);
    for (let i = 0; i < 7; i++) {
      const device = await makeDevice(database.sql, { zoneId: zone.id });
      const id = await makeAlert(database.sql, device, AT);
      // Finer than the milliseconds that are shown.
      if (i < 2)
        await database.sql`
        update alerts set created_at = created_at - interval '1 second 1 microsecond'
        where id = ${id}`;
    }
    const all = await ids(`zone=${zone.id}`);
    const seen: number[] = [];
    for (let path: string | undefined = `/api/alerts?zone=${zone.id}&limit=2`; path; ) {
      const page = await api.get(path);
      expect(page.headers.get("x-total-count")).toBe("7");
      seen.push(...page.body.map((alert: { id: number }) => alert.id));
      path = /<([^>]*)>; rel="next"/.exec(page.headers.get("link") ?? "")?.[1];
    }
    expect(seen).toEqual(all);
    expect(new Set(seen).size).toBe(7);
  });

  it("takes a date for the local date of the alert's facility, the last one included", async () => {
    const zone = await makeZone(database.sql, { timeZone: "Asia/Shanghai" });
    const alert = async (at: string) =>
      makeAlert(database.sql, await makeDevice(database.sql, { zoneId: zone.id }), at);
    const before = await alert("2025-03-01T15:59:59Z");
    const first = await alert("2025-03-01T16:00:00Z");
    const last = await alert("2025-03-03T15:59:59Z");
    const after = await alert("2025-03-03T16:00:00Z");
    const of = (range: string) => ids(`zone=${zone.id}&${range}`);
    expect(await of("from=2025-03-02&to=2025-03-03")).toEqual([last, first]);
    expect(await of("from=2025-03-03&to=2025-03-02")).toEqual([last, first]);
    expect(await of("from=2025-03-02")).toEqual([after, last, first]);
    expect(await of("to=2025-03-01")).toEqual([before]);
    const instants = "from=2025-03-03T15:59:59Z&to=2025-03-03T16:00:00Z";
    expect(await of(instants)).toEqual([after, last]);
    expect(await of("to=2025-03-03T15:59:59Z&from=2025-03-03T16:00:00Z")).toEqual([after, last]);
    expect(await of("from=2025-03-04T00:00:00%2B08:00")).toEqual([after]);
    expect(await of("from=2025-03-04T00:00:00+08:00")).toEqual([after]);
    expect(await of("from=2025-03-04&to=2025-03-03T16:00:00Z")).toEqual([after]);
  });

  it.each(["from=0001-01-01&to=9999-12-31", "to=9999-12-31T23:59:59-12:00&from=0001-01-01T00:00Z"])(
    "answers for %s",
    async (range) => expect((await api.get(`/api/alerts?limit=1&${range}`)).status).toBe(200),
  );

  it.each([
    ["active=yes", "active"],
    ["severity=critical", "severity"],
    ["type=fire", "type"],
    ["from=yesterday", "from"],
    ["to=2025-02-30", "to"],
    ["to=2025-02-01T00:00:00%2B99:00", "to"],
    ["device=nothing", "device"],
    ["facility=nowhere", "facility"],
    ["cursor=W10", "cursor"],
    ["limit=-1", "limit"],
  ])("refuses %s and names the parameter", async (query, field) => {
    const { status, body } = await api.get(`/api/alerts?${query}`);
    expect(status).toBe(400);
    expect(Object.keys(body.errors)).toEqual([field]);
  });
});

describe("one alert", () => {
  it("comes with its timeline, which names the key that acknowledged it", async () => {
    const id = await makeAlert(database.sql, await makeDevice(database.sql), AT);
    await api.patch(`/api/alerts/${id}/acknowledge`, { comment: " On my way.\nAda " });
    const { status, body } = await api.get(`/api/alerts/${id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ id, acknowledge_comment: "On my way.\nAda" });
    expect(body.timeline).toEqual([
      { kind: "raised", at: AT, actor: "system", comment: null },
      {
        ...{ kind: "acknowledged", at: body.acknowledged_at },
        ...{ actor: "test", comment: "On my way.\nAda" },
      },
    ]);
  });

  it.each(["0", "2147483647", "99999999999", "x", "-1"])("is 404 for %s", async (id) => {
    expect((await api.get(`/api/alerts/${id}`)).status).toBe(404);
    expect((await api.patch(`/api/alerts/${id}/acknowledge`, {})).status).toBe(404);
  });
});

describe("acknowledging", () => {
  it("is answered the same to anyone who comes at the same moment or later", async () => {
    const id = await makeAlert(database.sql, await makeDevice(database.sql), AT);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        acknowledgeAlert(
          {
            db: pool.db,
            actor: { ...SYSTEM, name: `operator ${i}` },
            now: new Date(Date.parse(AT) + i),
          },
          { id, comment: `Number ${i}` },
        ),
      ),
    );
    const later = await api.patch(`/api/alerts/${id}/acknowledge`, { comment: "Later" });
    expect(later.status).toBe(200);
    expect(new Set([...answers, later.body].map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(later.body).toEqual({
      id,
      acknowledged_at: expect.stringMatching(/^2025-03-02T12:00:00\.\d{3}Z$/),
      acknowledged_by: expect.stringMatching(/^operator \d+$/),
    });
    const timeline = await database.sql`
      select t.comment, a.acknowledge_comment from alert_transitions t join alerts a on a.id = t.alert_id
      where a.id = ${id} and t.kind = 'acknowledged'`;
    expect(timeline).toHaveLength(1);
    expect(timeline[0]?.comment).toBe(timeline[0]?.acknowledge_comment);
    expect(await ids(`active=true&device=${await deviceOf(id)}`)).toEqual([]);
  });

  it("needs no body", async () => {
    const id = await makeAlert(database.sql, await makeDevice(database.sql), AT);
    const { status, body } = await api.send("PATCH", `/api/alerts/${id}/acknowledge`);
    expect({ status, id: body.id }).toEqual({ status: 200, id });
  });

  it.each([
    [{ comment: 7 }, "comment"],
    [{ comment: "x".repeat(2_001) }, "comment"],
    [{ comment: "a\u0000b" }, "comment"],
    [[], "body"],
    ["text", "body"],
  ])("refuses %j and changes nothing", async (body, field) => {
    const id = await makeAlert(database.sql, await makeDevice(database.sql), AT);
    const answer = await api.patch(`/api/alerts/${id}/acknowledge`, body);
    expect(answer.status).toBe(400);
    expect(Object.keys(answer.body.errors)).toEqual([field]);
    expect((await api.get(`/api/alerts/${id}`)).body.acknowledged_at).toBeNull();
  });

  it("is a PATCH", async () => {
    const answer = await api.post("/api/alerts/1/acknowledge", {});
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")).toBe("PATCH, OPTIONS");
  });
});

async function deviceOf(alertId: number): Promise<number> {
  const [alert] = await database.sql`select device_id from alerts where id = ${alertId}`;
  return alert?.device_id;
}
