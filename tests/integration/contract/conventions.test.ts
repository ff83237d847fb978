import { describe, expect, test } from "vitest";
import { describeBothKinds } from "@/tests/support/contract";

/** Calls that devices and scripts rely on, but the ingest ones: what it takes, and a query with which it is answered. */
const CALLS: [path: string, allowed: string[], query: string][] = [
  ["/api/health", ["GET"], ""],
  ["/api/dashboard/summary", ["GET"], "date=2025-03-03"],
  ["/api/devices/status", ["GET"], ""],
  ["/api/alerts", ["GET"], ""],
  ["/api/alerts/1/acknowledge", ["PATCH"], ""],
  ["/api/targets", ["GET", "POST"], ""],
  ["/api/targets/1", ["PATCH", "DELETE"], ""],
  ["/api/reports/usage", ["GET"], "date_from=2025-03-03&date_to=2025-03-03"],
  ["/api/facilities", ["GET", "POST"], ""],
  ["/api/facilities/1", ["GET", "PATCH", "DELETE"], ""],
  ["/api/zones", ["GET", "POST"], ""],
  ["/api/zones/1", ["GET", "PATCH", "DELETE"], ""],
  ["/api/devices", ["GET", "POST"], ""],
  ["/api/devices/1", ["GET", "PATCH", "DELETE"], ""],
  ["/api/devices/import", ["POST"], ""],
  ["/api/cron/offline-check", ["GET", "POST"], ""],
];
const json = { "Content-Type": "application/json" };
const takesBody = (method: string) => method === "POST" || method === "PATCH";
const WITH_JSON = CALLS.flatMap(([path, allowed]) =>
  path.startsWith("/api/cron") || path.endsWith("import")
    ? []
    : allowed.filter(takesBody).map((method) => [method, path] as const),
);

describeBothKinds("conventions that every call follows", (at) => {
  const expectProblem = (
    answer: Awaited<ReturnType<typeof at.api.get>>,
    status: number,
    what = "",
  ) => {
    expect(answer.status, what).toBe(status);
    expect(answer.headers.get("content-type")).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({
      type: expect.any(String),
      title: expect.any(String),
      status,
      detail: expect.any(String),
    });
    expect(JSON.stringify(answer.body)).not.toMatch(/\bat .*\.[jt]s:\d+|node_modules/);
  };

  test.each(CALLS)(
    "%s answers the same with and without a trailing slash",
    async (path, allowed, query) => {
      for (const method of allowed) {
        const plain = await at.api.send(method, `${path}?${query}`);
        const slashed = await at.api.send(method, `${path}/?${query}`);
        expect(slashed.status).toBe(plain.status);
        expect(plain.status < 300 || plain.status >= 400, `${method} ${plain.status}`).toBe(true);
        expect(plain.status).toBeLessThan(500);
        expect(slashed.headers.get("content-type")).toBe(plain.headers.get("content-type"));
      }
    },
  );

  test.each(CALLS)(
    "%s refuses other methods with 405 and says which it takes",
    async (path, allowed) => {
      for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
        const answer = await at.api.send(method, path);
        if (answer.status !== 405) continue;
        expect(allowed).not.toContain(method);
        expectProblem(answer, 405);
        const allow = answer.headers.get("allow")?.split(/, */) ?? [];
        for (const taken of allowed) expect(allow).toContain(taken);
        expect(allow).not.toContain(method);
      }
      expectProblem(await at.api.send("PUT", path), 405);
    },
  );

  describe.each(WITH_JSON)("%s %s", (method, path) => {
    const send = (body: string, headers: Record<string, string> = json) =>
      at.api.send(method, path, { headers, body });

    test("refuses malformed JSON and what is no object, with 400 or 404", async () => {
      for (const body of ["{", "nonsense", '{"a":1,}', "[]", "1", '"x"', "null", "\u0000"]) {
        const answer = await send(body);
        // Where nothing has that id yet, that may be said first.
        expect([400, 404], body).toContain(answer.status);
        expectProblem(answer, answer.status, body);
      }
    });

    test("refuses another content type with 415", async () => {
      const answer = await send("a=1", { "Content-Type": "application/x-www-form-urlencoded" });
      expect([415, 404]).toContain(answer.status);
    });

    test("refuses a body that is too large with 413", async () => {
      const answer = await send(`{"name":"${"x".repeat(3 * 1024 * 1024)}"}`);
      expect([413, 404]).toContain(answer.status);
    });
  });

  test.each([
    "/api/facilities/x",
    "/api/facilities/0",
    "/api/zones/99999999999999999999",
    "/api/devices/1e3",
    "/api/devices/%00",
    "/api/targets/-1",
    "/api/nothing",
  ])("%s is 404", async (path) => {
    expectProblem(await at.api.get(path), 404);
    expectProblem(await at.api.get(`${path}/`), 404);
  });

  test.each([
    "/api/facilities?limit=0",
    "/api/facilities?retired=maybe",
    "/api/zones?facility=x",
    "/api/devices?zone=x",
    "/api/devices?cursor=x",
    "/api/devices?limit=1&limit=2",
    "/api/targets?date=x",
    "/api/devices/import?dry_run=perhaps",
  ])("%s is 400", async (path) => {
    expectProblem(await at.api.send(path.includes("import") ? "POST" : "GET", path), 400);
  });

  test("pages and files carry the security headers, and no one says what serves them", async () => {
    for (const path of ["/", "/api/health", "/api/facilities", "/no/such/page"]) {
      const { headers } = await at.api.get(path);
      expect(headers.get("x-content-type-options"), path).toBe("nosniff");
      expect(headers.get("x-powered-by"), path).toBeNull();
      if (!path.startsWith("/api")) {
        expect(headers.get("content-security-policy"), path).toContain("default-src 'self'");
      }
    }
  });
});
