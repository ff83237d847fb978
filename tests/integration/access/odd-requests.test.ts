import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeKey } from "@/tests/support/accounts";
import { type Api, api } from "@/tests/support/api";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { type RunningServer, startServer } from "@/tests/support/server";
import { cookiesOf } from "@/tests/support/sign-in";

let database: TestDatabase;
let server: RunningServer;
let nobody: Api;
let key: string;
beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServer({
    kind: "gateway",
    databaseUrl: database.url,
    env: { VISITOR_CALLS_PER_MINUTE: "1000" },
  });
  nobody = api(server.url, {});
  key = (await makeKey(database.sql)).secret;
});
afterAll(async () => {
  // Nothing of this is a fault of the server.
  expect(server?.output() ?? "").not.toMatch(/"level":50|request failed/);
  await server?.stop();
  await database?.drop();
});

type Raw = { status: number; headers: Record<string, unknown>; body: string };

/** Sends what fetch would refuse or put right. */
async function send(method: string, path: string, headers = {}): Promise<Raw> {
  const sent = request({ host: "127.0.0.1", port: server.port, method, path, headers });
  sent.end();
  const [response] = await once(sent, "response");
  let body = "";
  for await (const chunk of response) body += chunk;
  return { status: response.statusCode, headers: response.headers, body };
}

/** Sends these lines as they are. @returns the answer's first line, and its text */
async function sendLines(lines: string[]): Promise<{ status: number; text: string }> {
  const socket = connect(server.port, "127.0.0.1");
  socket.write([...lines, "Connection: close", "", ""].join("\r\n"));
  let text = "";
  for await (const chunk of socket) text += chunk;
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]), text };
}

const expectProblem = ({ status, headers, body }: Raw, expected: number) => {
  expect(status).toBe(expected);
  expect(headers["content-type"]).toBe("application/problem+json");
  expect(JSON.parse(body)).toMatchObject({ status: expected, detail: expect.any(String) });
};

describe("methods that the server does not know", () => {
  test.each(["/api/health", "/api/devices", "/api/telemetry", "/api/auth/csrf", "/", "/sign-in"])(
    "%s: 405 with Allow",
    async (path) => {
      for (const method of ["TRACE", "PROPFIND", "PURGE", "SEARCH"]) {
        const answer = await send(method, path);
        expectProblem(answer, 405);
        expect(answer.headers.allow).toMatch(/GET, HEAD, POST/);
      }
    },
  );
});

describe("hosts", () => {
  test("two Host headers are refused, on every path and with a key", async () => {
    for (const path of ["/api/health", "/api/devices", "/api/telemetry", "/sign-in"]) {
      const { status, text } = await sendLines([
        `POST ${path} HTTP/1.1`,
        ...["Host: localhost", "Host: evil.example", `Authorization: Bearer ${key}`],
        "Content-Length: 0",
      ]);
      expect(status).toBe(400);
      expect(text).toMatch(/application\/problem\+json[\s\S]*more than one Host/);
    }
  });

  test.each(["a b", "evil.example/path", "user@host", "[::", "a,b", "host:port", "<script>"])(
    "%j is no host",
    async (host) => {
      const { status } = await sendLines(["GET /api/health HTTP/1.1", `Host: ${host}`]);
      expect(status).toBe(400);
    },
  );

  test.each(["localhost", "parking.example:8443", "127.0.0.1:3000", "[::1]:3000", "my_host"])(
    "%s is one",
    async (host) => {
      const { status } = await sendLines(["GET /api/health HTTP/1.1", `Host: ${host}`]);
      expect(status).toBe(200);
    },
  );
});

describe("paths", () => {
  test.each(["/api%2Fdevices", "/api%2fdevices", "/api%5Cdevices", "/api/devices%2F1", "/%2Fapi"])(
    "%s is refused, not redirected",
    async (path) => expectProblem(await send("GET", path), 400),
  );

  test("a needless escape is the same path", async () => {
    expectProblem(await send("GET", "/%61pi/devices"), 401);
    const headers = { Authorization: `Bearer ${key}` };
    expect((await send("GET", "/%61p%69/devices", headers)).status).toBe(200);
    expect((await send("GET", "/api/device%73/", headers)).status).toBe(200);
  });

  test.each([
    "/_next/image?url=/..%2Fetc%2Fpasswd&w=64&q=75",
    "/_next/image?url=%2Ficon.svg&w=64&q=75",
    "/_next/image?url=http%3A%2F%2F127.0.0.1%2F&w=64&q=75",
    "/_next/image",
  ])("%s is not there", async (path) => {
    expect((await nobody.get(path)).status).toBe(404);
  });
});

describe("calls of next-auth", () => {
  test.each([
    ["GET", "callback/credentials", 405],
    ["GET", "callback/oidc", 404],
    ["GET", "callback/github", 404],
    ["GET", "callback", 404],
    ["GET", "signin/credentials", 404],
    ["GET", "csrf/more", 404],
    ["GET", "session", 404],
    ["POST", "csrf", 405],
    ["POST", "providers", 405],
    ["POST", "signin", 405],
    ["POST", "signin/oidc", 404],
    ["POST", "callback", 404],
    ["POST", "_log", 404],
  ])("%s /api/auth/%s is %i", async (method, action, status) => {
    const answer = await send(method, `/api/auth/${action}`);
    expectProblem(answer, status);
    if (status === 405) expect(answer.headers.allow).toBeDefined();
  });

  test("HEAD is answered as GET", async () => {
    expect((await send("HEAD", "/api/auth/csrf")).status).toBe(200);
  });

  const FOREIGN = [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "http://",
    "http://localhost.evil.example/",
    "no address at all",
  ];

  test.each(FOREIGN)("a sign-in that leads to %s is refused", async (callbackUrl) => {
    const query = new URLSearchParams({ callbackUrl });
    for (const action of ["signin", "csrf", "signout"]) {
      const answer = await send("GET", `/api/auth/${action}?${query}`);
      expectProblem(answer, 400);
      expect(JSON.parse(answer.body).errors).toEqual({ callbackUrl: [expect.any(String)] });
    }
    const first = await fetch(`${server.url}/api/auth/csrf`);
    const { csrfToken } = (await first.json()) as { csrfToken: string };
    const fields = { csrfToken, email: "a@example.com", password: "x", json: "true", callbackUrl };
    for (const body of [new URLSearchParams(fields), JSON.stringify(fields)]) {
      const answer = await nobody.send("POST", "/api/auth/callback/credentials", {
        headers: {
          Cookie: cookiesOf(first),
          ...(typeof body === "string" ? { "Content-Type": "application/json" } : {}),
        },
        body,
      });
      expect(answer.body.errors).toEqual({ callbackUrl: [expect.any(String)] });
      expect(answer.status).toBe(400);
    }
  });

  test("a path or an address of this site is taken, any other kind of value is not", async () => {
    for (const callbackUrl of ["/", "/devices/1?x=1", `${server.url}/alerts`]) {
      const query = new URLSearchParams({ callbackUrl });
      expect((await send("GET", `/api/auth/signin?${query}`)).status).toBe(302);
    }
    for (const callbackUrl of [5, {}, [], true]) {
      const message = { callbackUrl };
      expect((await nobody.post("/api/auth/callback/credentials", message)).status).toBe(400);
    }
  });
});
