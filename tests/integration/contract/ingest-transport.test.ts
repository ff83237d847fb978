import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { describeBothKinds } from "@/tests/support/contract";
import { makeDevice } from "@/tests/support/factories";
import { at as moment, parkingLog, reading } from "@/tests/support/messages";

const CALLS = [
  "/api/telemetry",
  "/api/telemetry/bulk",
  "/api/parking-log",
  "/api/parking-log/bulk",
];
const json = { "Content-Type": "application/json" };

describeBothKinds("ingest over HTTP", (at) => {
  /** A body that the call takes, for a device of its own. */
  const bodyFor = async (path: string) => {
    const { code } = await makeDevice(at.sql);
    const message = path.includes("telemetry")
      ? reading(code, moment(0))
      : parkingLog(code, moment(0));
    return path.endsWith("bulk") ? [message] : message;
  };

  describe.each(CALLS)("%s", (path) => {
    test.each([
      ["without", path],
      ["with", `${path}/`],
      ["with a query and", `${path}/?source=test`],
    ])("answers %s a trailing slash, never by a redirect", async (_, url) => {
      const body = await bodyFor(path);
      expect((await at.api.post(url, body)).status).toBe(201);
      const again = await at.api.post(url, body);
      expect(again.status).toBe(path.endsWith("bulk") ? 200 : 409);
      const bad = await at.api.post(url, { nothing: true });
      expect(bad.status).toBe(400);
      const wrong = await at.api.get(url);
      expect(wrong.status).toBe(405);
    });

    test.each(["GET", "PUT", "PATCH", "DELETE"])(
      "%s is 405 and says what is allowed",
      async (method) => {
        const answer = await at.api.send(method, path);
        expect(answer.status).toBe(405);
        expect(answer.headers.get("allow")).toContain("POST");
        expect(answer.headers.get("content-type")).toMatch(/^application\/problem\+json/);
        expect(answer.body).toMatchObject({ status: 405, title: "Method Not Allowed" });
      },
    );

    test.each([
      "text/plain",
      "application/x-www-form-urlencoded",
      "text/csv",
      "multipart/form-data",
    ])("%s is 415", async (type) => {
      const answer = await at.api.send("POST", path, {
        headers: { "Content-Type": type },
        body: JSON.stringify(await bodyFor(path)),
      });
      expect(answer).toMatchObject({ status: 415, body: { status: 415 } });
    });

    test.each([
      "application/json; charset=utf-8",
      "APPLICATION/JSON",
      "application/vnd.device+json",
    ])("%s is JSON", async (type) => {
      const answer = await at.api.send("POST", path, {
        headers: { "Content-Type": type },
        body: JSON.stringify(await bodyFor(path)),
      });
      expect(answer.status).toBe(201);
    });

    test("a compressed body is 415, not malformed JSON", async () => {
      const answer = await at.api.send("POST", path, {
        headers: { ...json, "Content-Encoding": "gzip" },
        body: new Uint8Array(gzipSync(JSON.stringify(await bodyFor(path)))),
      });
      expect(answer.status).toBe(415);
    });

    test.each(["", "{", "nonsense", '{"a":1,}', "{'a':1}", "NaN", "[", "\u0000", '{"a":1}{"a":2}'])(
      "%j is malformed JSON: 400",
      async (body) => {
        const answer = await at.api.send("POST", path, { headers: json, body });
        expect(answer.status).toBe(400);
        expect(answer.headers.get("content-type")).toMatch(/^application\/problem\+json/);
        expect(answer.body).toEqual({
          type: expect.any(String),
          title: "Bad Request",
          status: 400,
          detail: expect.stringContaining("JSON"),
        });
      },
    );

    test("a body above the limit is 413, and the connection serves the next request", async () => {
      const answer = await at.api.send("POST", path, {
        headers: json,
        body: `["${"x".repeat(9 * 1024 * 1024)}"]`,
      });
      expect(answer).toMatchObject({ status: 413, body: { status: 413 } });
      expect(answer.headers.get("content-type")).toMatch(/^application\/problem\+json/);
      expect((await at.api.post(path, await bodyFor(path))).status).toBe(201);
    });

    test("security headers are on every answer", async () => {
      for (const answer of [
        await at.api.post(path, await bodyFor(path)),
        await at.api.post(path, 1),
      ]) {
        expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
        expect(answer.headers.get("cache-control")).toBe("no-store");
        expect(answer.headers.get("x-powered-by")).toBeNull();
      }
    });
  });

  test("a single message of more than 64 KiB is 413", async () => {
    const { code } = await makeDevice(at.sql);
    const answer = await at.api.post("/api/telemetry", {
      ...reading(code, moment(0)),
      note: "x".repeat(64 * 1024),
    });
    expect(answer.status).toBe(413);
  });

  test.each(["/api/nowhere", "/api/telemetry/bulk/more", "/api/nowhere/"])(
    "%s does not exist: a problem document, not a page",
    async (path) => {
      const answer = await at.api.get(path);
      expect(answer).toMatchObject({ status: 404, body: { status: 404 } });
      expect(answer.headers.get("content-type")).toMatch(/^application\/problem\+json/);
    },
  );

  test("health is answered without a key, with and without a trailing slash", async () => {
    for (const path of ["/api/health", "/api/health/"]) {
      expect(await at.api.get(path)).toMatchObject({ status: 200, body: { status: "ok" } });
    }
  });
});
