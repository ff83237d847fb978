import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BodyBudget } from "@/lib/server/limits/body-budget";
import { RateLimits } from "@/lib/server/limits/rate-limits";
import { makeKey, TEST_KEY } from "@/tests/support/accounts";
import { api, BY_TEST_KEY } from "@/tests/support/api";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { makeDevice } from "@/tests/support/factories";
import { at as moment, reading } from "@/tests/support/messages";
import { type RunningServer, startServer } from "@/tests/support/server";
import { beginUpload } from "@/tests/support/uploads";

const QUOTA = 20;

let database: TestDatabase;
let server: RunningServer;
beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServer({
    kind: "gateway",
    databaseUrl: database.url,
    env: {
      MESSAGES_PER_MINUTE: String(QUOTA),
      API_CALLS_PER_MINUTE: String(QUOTA),
      VISITOR_CALLS_PER_MINUTE: "10",
      REQUEST_TIMEOUT_SECONDS: "1",
      TRUST_PROXY: "1",
    },
  });
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

let hosts = 0;
const newAddress = () => ({ "X-Forwarded-For": `198.51.100.${++hosts}` });
const client = (credentials: Record<string, string>) => api(server.url, credentials);

describe("requests a minute are counted", () => {
  const tooMany = {
    status: 429,
    body: { title: "Too Many Requests", status: 429, detail: expect.any(String) },
  };

  test.each([
    ["device traffic", "POST", "/api/telemetry", "messages"],
    ["other calls", "GET", "/api/devices", "api"],
  ])("of a key, from wherever it is used: %s", async (_, method, path, kind) => {
    const { secret } = await makeKey(database.sql);
    for (let n = 1; n <= QUOTA; n++) {
      const answer = await client({ Authorization: `Bearer ${secret}`, ...newAddress() }).send(
        method,
        path,
      );
      expect(answer.status).toBeLessThan(429);
      expect(answer.headers.get("ratelimit-policy")).toBe(`"${kind}";q=${QUOTA};w=60`);
      expect(answer.headers.get("ratelimit")).toMatch(
        new RegExp(`^"${kind}";r=${QUOTA - n};t=(5\\d|60)$`),
      );
    }
    const over = { Authorization: `Bearer ${secret}`, ...newAddress() };
    const refused = await client(over).send(method, path);
    expect(refused).toMatchObject(tooMany);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(refused.headers.get("ratelimit")).toMatch(new RegExp(`^"${kind}";r=0;t=\\d+$`));
    const another = await makeKey(database.sql);
    const others = { Authorization: `Bearer ${another.secret}`, ...newAddress() };
    expect((await client(others).send(method, path)).status).toBeLessThan(429);
  });

  test("of an address, whichever keys it has", async () => {
    const address = newAddress();
    for (let n = 1; n <= QUOTA + 1; n++) {
      const { secret } = await makeKey(database.sql);
      const { status } = await client({ Authorization: `Bearer ${secret}`, ...address }).get(
        "/api/devices",
      );
      expect(status).toBe(n <= QUOTA ? 200 : 429);
    }
  });

  test("of visitors: sign-in, set-up and invitations", async () => {
    const address = newAddress();
    for (let n = 1; n <= 11; n++) {
      const answer = await client(address).post("/api/invitations/accept", {
        ...{ token: "guessed", password: "three green lamps" },
      });
      expect(answer.status).toBe(n <= 10 ? 404 : 429);
    }
    expect((await client(address).get("/api/auth/csrf")).status).toBe(429);
    expect((await client(address).get("/api/health")).status).toBe(200);
  });

  test("of IPv6 addresses by their network, as one sender has all of it", async () => {
    const limits = new RateLimits({ api: 2, messages: 2, visitor: 2, stranger: 2, guess: 2 });
    const count = (address: string) => limits.count("visitor", { identity: null, address }, 0);
    count("2001:db8::1");
    count("2001:db8:0:0:ffff::2");
    expect(() => count("2001:db8:0:0:1:2:3:4")).toThrow(expect.objectContaining({ status: 429 }));
    count("2001:db8:0:1::1");
  });

  test("guessing keys is slowed down without a look at the database for each guess", async () => {
    const limits = new RateLimits({ api: 9, messages: 9, visitor: 9, stranger: 1, guess: 9 });
    limits.count("stranger", { identity: null, address: "198.51.100.1" }, 0);
    expect(() => limits.count("stranger", { identity: null, address: "198.51.100.1" }, 0)).toThrow(
      expect.objectContaining({
        status: 429,
        options: expect.objectContaining({
          headers: expect.objectContaining({ "Retry-After": "60" }),
        }),
      }),
    );
  });
});

test("guessing the scheduler's secret is limited by address, and the right one waits too", async () => {
  const address = newAddress();
  const cron = (secret: string, from = address) =>
    client({ ...from, Authorization: `Bearer ${secret}` }).get("/api/cron/offline-check");
  expect((await cron("a secret of the tests")).status).toBe(200);
  const guesses = await Promise.all(Array.from({ length: 40 }, (_, n) => cron(`guess ${n}`)));
  const statuses = guesses.map(({ status }) => status);
  expect([...new Set(statuses)].sort()).toEqual([401, 429]);
  const refused = await cron("a secret of the tests");
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await cron("a secret of the tests", newAddress())).status).toBe(200);
});

describe("slow clients", () => {
  const open = async (text: string): Promise<{ socket: Socket; received: () => string }> => {
    const socket = connect(server.port, "127.0.0.1");
    let received = "";
    socket.on("data", (chunk) => {
      received += chunk.toString();
    });
    await once(socket, "connect");
    socket.write(text);
    return { socket, received: () => received };
  };

  test.each([
    ["whose headers never end", "POST /api/telemetry HTTP/1.1\r\nHost: x\r\nX-Slow: "],
    [
      "whose body never comes",
      `POST /api/telemetry HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${TEST_KEY}\r\nContent-Length: 9\r\n\r\n{`,
    ],
  ])("%s are let go of", async (_, text) => {
    const { socket, received } = await open(text);
    await once(socket, "close");
    expect(received()).toMatch(/^(HTTP\/1.1 408 |$)/);
  });

  test("give back the room that was kept for what they did not send", async () => {
    const { secret } = await makeKey(database.sql);
    const bytes = 700_000;
    const headers = [`Content-Length: ${bytes}`];
    const uploads = await Promise.all(
      Array.from({ length: 5 }, () => beginUpload({ port: server.port, key: secret, headers })),
    );
    await Promise.all(uploads.map(({ socket }) => once(socket, "close")));
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        client({ Authorization: `Bearer ${secret}` }).send("POST", "/api/telemetry/bulk", {
          body: `[${" ".repeat(bytes - 2)}]`,
          headers: { "Content-Type": "application/json" },
        }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(200));
  });
});

describe("bodies", () => {
  test("of all senders together have a limit, and what one gives back another can have", () => {
    const budget = new BodyBudget(100);
    const [first, second] = [budget.open(), budget.open()];
    first.take(60);
    expect(() => second.take(41)).toThrow(expect.objectContaining({ status: 503 }));
    second.take(40);
    first.close();
    first.close();
    second.take(60);
    expect(() => second.take(1)).toThrow(expect.objectContaining({ status: 503 }));
  });

  test("of no one are not read: who has no key is told so before the body has come", async () => {
    const socket = connect(server.port, "127.0.0.1");
    socket.write(
      "POST /api/telemetry/bulk HTTP/1.1\r\nHost: x\r\nContent-Length: 8000000\r\n\r\n[",
    );
    const [answer] = await once(socket, "data");
    expect(String(answer)).toMatch(/^HTTP\/1.1 401 /);
    socket.destroy();
  });

  test.each([
    ["/api/facilities", 2 * 1024 * 1024],
    ["/api/keys", 2 * 1024 * 1024],
    ["/api/setup", 2 * 1024 * 1024],
    ["/api/auth/callback/credentials", 64 * 1024],
  ])("%s takes no body of %i bytes", async (path, bytes) => {
    const answer = await client({ ...BY_TEST_KEY, ...newAddress() }).send("POST", path, {
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ name: "x".repeat(bytes) }),
    });
    expect(answer.status).toBe(413);
  });

  test("of more rows than a batch may have store nothing", async () => {
    const { code } = await makeDevice(database.sql);
    const rows = Array.from({ length: 10_001 }, (_, i) => reading(code, moment(i)));
    const answer = await client({ ...BY_TEST_KEY, ...newAddress() }).post(
      "/api/telemetry/bulk",
      rows,
    );
    expect(answer.status).toBe(400);
    expect(await database.sql`select from telemetry`).toHaveLength(0);
  });
});
