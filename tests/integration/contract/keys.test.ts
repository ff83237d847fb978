import { expect, test } from "vitest";
import { asUser, makeKey } from "@/tests/support/accounts";
import { api } from "@/tests/support/api";
import { until } from "@/tests/support/clock";
import { describeBothKinds } from "@/tests/support/contract";
import { makeDevice, makeZone } from "@/tests/support/factories";
import { at as moment, parkingLog, reading } from "@/tests/support/messages";
import { startServer } from "@/tests/support/server";

describeBothKinds("keys of devices and gateways", (at) => {
  const bearer = (secret: string) => api(at.api.url, { Authorization: `Bearer ${secret}` });

  test("a key is shown once, and is stored as a hash alone", async () => {
    const made = await at.api.post("/api/keys", {
      name: " Gateway 1 ",
      scopes: ["read", "ingest"],
    });
    expect(made).toMatchObject({
      status: 201,
      body: {
        ...{ name: "Gateway 1", scopes: ["ingest", "read"], place: null, created_by: "test" },
        ...{ expires_at: null, revoked_at: null, last_used_at: null },
        key: expect.stringMatching(/^sp_[\w-]{43}$/),
        secrets: [{ hint: made.body.key.slice(0, 8), valid_until: null }],
      },
    });
    const { id, key } = made.body;
    expect(made.headers.get("location")).toBe(`/api/keys/${id}`);
    const { key: _shown, ...rest } = made.body;
    expect((await at.api.get(`/api/keys/${id}`)).body).toEqual(rest);
    const [stored] = await at.sql`select hash from api_key_secrets where key_id = ${id}`;
    expect(stored!.hash).not.toContain(key.slice(3));
    expect((await bearer(key).get("/api/devices")).status).toBe(200);
    const byHeader = api(at.api.url, { "X-API-Key": key });
    expect((await byHeader.get("/api/devices")).status).toBe(200);
  });

  test.each([
    ["nothing", {}],
    ["a key that nobody has", { Authorization: "Bearer sp_nobody" }],
    ["a key in X-API-Key that nobody has", { "X-API-Key": "sp_nobody" }],
    ["another kind of authorization", { Authorization: "Basic dGVzdDp0ZXN0" }],
    ["an empty key", { Authorization: "Bearer " }],
    ["a huge key", { Authorization: `Bearer ${"x".repeat(5_000)}` }],
    ["the hash of a key", { Authorization: "Bearer 47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU" }],
  ])("%s is 401 on every call of devices", async (_, credentials) => {
    const client = api(at.api.url, credentials as Record<string, string>);
    for (const path of ["/api/telemetry", "/api/telemetry/bulk/", "/api/parking-log"]) {
      const answer = await client.post(path, reading("x", moment(0)));
      expect(answer.status).toBe(401);
      expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer/);
      expect(answer.headers.get("content-type")).toMatch(/^application\/problem\+json/);
      for (const method of ["GET", "PUT", "DELETE"]) {
        expect((await client.send(method, path)).status).toBe(401);
      }
    }
  });

  test("a key without the scope is 403, and a session's cookie is no key", async () => {
    const { code } = await makeDevice(at.sql);
    const { secret } = await makeKey(at.sql, { scopes: ["read", "manage"] });
    const viewer = api(at.api.url, await asUser(at.sql, "admin"));
    for (const client of [bearer(secret), viewer]) {
      expect((await client.post("/api/telemetry", reading(code, moment(0)))).status).toBe(403);
      expect((await client.post("/api/parking-log/bulk", [])).status).toBe(403);
    }
    const ingest = await makeKey(at.sql, { scopes: ["ingest"] });
    expect((await bearer(ingest.secret).get("/api/devices")).status).toBe(403);
    expect((await bearer(ingest.secret).post("/api/facilities", {})).status).toBe(403);
  });

  test("a key writes its own devices; others are answered as if they did not exist", async () => {
    const own = await makeDevice(at.sql);
    const neighbour = await makeDevice(at.sql, { zoneId: own.zoneId });
    const zone = await makeZone(at.sql, { facilityId: own.facilityId });
    const nextDoor = await makeDevice(at.sql, { zoneId: zone.id });
    const far = await makeDevice(at.sql);
    const retired = await makeDevice(at.sql, { retiredAt: new Date() });
    const all = [own, neighbour, nextDoor, far];
    const reached: [object, number][] = [
      [{ deviceId: own.id }, 1],
      [{ zoneId: own.zoneId }, 2],
      [{ facilityId: own.facilityId }, 3],
      [{}, 4],
    ];
    for (const [second, [place, count]] of reached.entries()) {
      const { secret } = await makeKey(at.sql, { ...place, scopes: ["ingest"] });
      const client = bearer(secret);
      const rows = [...all, { code: "never-made" }].map(({ code }) =>
        reading(code, moment(second)),
      );
      const { body } = await client.post("/api/telemetry/bulk", rows);
      expect(body.created).toBe(count);
      const unknown = { device_code: ["Device not found."] };
      expect(body.errors).toEqual(
        rows.slice(count).map((_, i) => ({ index: count + i, errors: unknown })),
      );
      if (count === 4) continue;
      for (const { code } of [far, retired, { code: "never-made" }]) {
        const answer = await client.post("/api/parking-log", parkingLog(code, moment(second)));
        expect(answer).toMatchObject({ status: 400, body: { errors: unknown } });
      }
    }
    // Nor does a duplicate tell: what is stored already of another's device is unknown too.
    const { secret } = await makeKey(at.sql, { deviceId: own.id, scopes: ["ingest"] });
    const again = await bearer(secret).post("/api/telemetry", reading(far.code, moment(3)));
    expect(again.status).toBe(400);
  });

  test("a device that moves takes its messages out of the old key's reach", async () => {
    const device = await makeDevice(at.sql);
    const zone = await makeZone(at.sql);
    const { secret } = await makeKey(at.sql, { zoneId: device.zoneId, scopes: ["ingest"] });
    const send = (second: number) =>
      bearer(secret).post("/api/telemetry", reading(device.code, moment(second)));
    expect((await send(0)).status).toBe(201);
    expect((await at.api.patch(`/api/devices/${device.id}`, { zone_id: zone.id })).status).toBe(
      200,
    );
    expect((await send(1)).status).toBe(400);
  });

  test("while a key is rotated both secrets hold, and the old one ends in time", async () => {
    const made = await at.api.post("/api/keys", { name: "rotated", scopes: ["read"] });
    const { id, key: first } = made.body;
    const rotated = await at.api.post(`/api/keys/${id}/rotate`, { overlap_seconds: 3600 });
    expect(rotated.status).toBe(200);
    const second = rotated.body.key;
    expect(second).not.toBe(first);
    for (const key of [first, second])
      expect((await bearer(key).get("/api/devices")).status).toBe(200);
    expect(rotated.body.secrets).toMatchObject([
      { hint: second.slice(0, 8), valid_until: null },
      { hint: first.slice(0, 8), valid_until: expect.any(String) },
    ]);
    const third = (await at.api.post(`/api/keys/${id}/rotate`, { overlap_seconds: 0 })).body.key;
    for (const key of [first, second])
      expect((await bearer(key).get("/api/devices")).status).toBe(401);
    expect((await bearer(third).get("/api/devices")).status).toBe(200);
    const byDefault = await at.api.post(`/api/keys/${id}/rotate`);
    const end = Date.parse(byDefault.body.secrets[1].valid_until);
    expect(Math.round((end - Date.now()) / 3_600_000)).toBe(24);
  });

  test("an end in time is kept to without being told, and can't lie in the past", async () => {
    const past = { name: "x", scopes: ["read"], expires_at: "2020-01-01T00:00:00Z" };
    expect((await at.api.post("/api/keys", past)).body.errors).toEqual({
      expires_at: ["Must be in the future."],
    });
    const soon = new Date(Date.now() + 1_500).toISOString();
    const made = await at.api.post("/api/keys", { ...past, expires_at: soon });
    const client = bearer(made.body.key);
    expect((await client.get("/api/devices")).status).toBe(200);
    await until("the key has ended", async () => (await client.get("/api/devices")).status === 401);
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(soon));
  });

  test("revoking holds at once here and within a second in every other process", async () => {
    const other = await startServer({ kind: at.kind, databaseUrl: at.databaseUrl });
    try {
      const { code } = await makeDevice(at.sql);
      const { id, key } = (await at.api.post("/api/keys", { name: "r", scopes: ["ingest"] })).body;
      const elsewhere = api(other.url, { Authorization: `Bearer ${key}` });
      let second = 0;
      const send = (client = elsewhere) =>
        client.post("/api/telemetry", reading(code, moment(second++)));
      // Made in one process, it is known in another one at once.
      expect((await send()).status).toBe(201);
      expect((await at.api.del(`/api/keys/${id}`)).status).toBe(204);
      expect((await send(bearer(key))).status).toBe(401);
      await until("revoked elsewhere", async () => (await send()).status === 401, 1_000);
      expect((await at.api.del(`/api/keys/${id}`)).status).toBe(204);
      expect((await at.api.patch(`/api/keys/${id}`, { name: "again" })).status).toBe(409);
      expect((await at.api.post(`/api/keys/${id}/rotate`)).status).toBe(409);
    } finally {
      await other.stop();
    }
  });

  test("the last use is written down, also when the process leaves", async () => {
    const other = await startServer({ kind: "gateway", databaseUrl: at.databaseUrl });
    const { id, secret } = await makeKey(at.sql);
    await api(other.url, { Authorization: `Bearer ${secret}` }).get("/api/devices");
    await other.stop();
    expect((await at.api.get(`/api/keys/${id}`)).body.last_used_at).toMatch(/^20/);
  });

  test.each([
    [{}, ["name", "scopes"]],
    [{ name: "x", scopes: [] }, ["scopes"]],
    [{ name: "x", scopes: ["root"] }, ["scopes.0"]],
    [{ name: "x", scopes: "read" }, ["scopes"]],
    [{ name: "x", scopes: ["read"], zone_id: 999999 }, ["zone_id"]],
    [{ name: "x", scopes: ["read"], device_id: -1 }, ["device_id"]],
    [{ name: "x", scopes: ["read"], zone_id: 1, device_id: 1 }, ["device_id", "zone_id"]],
    [{ name: "x", scopes: ["read"], expires_at: "soon" }, ["expires_at"]],
  ])("%j is refused", async (message, fields) => {
    const { status, body } = await at.api.post("/api/keys", message);
    expect(status).toBe(400);
    expect(Object.keys(body.errors).sort()).toEqual(fields);
  });
});
