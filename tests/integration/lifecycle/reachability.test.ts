import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TEST_KEY } from "@/tests/support/accounts";
import { type Api, api } from "@/tests/support/api";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { makeDevice } from "@/tests/support/factories";
import { at, parkingLog, reading } from "@/tests/support/messages";
import { type RunningServer, startServer } from "@/tests/support/server";

let database: TestDatabase;
let server: RunningServer;
let client: Api;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServer({ kind: "gateway", databaseUrl: database.url });
  client = api(server.url);
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

/** What a server answers to bytes that no HTTP client would send. */
async function raw(request: string): Promise<string> {
  const socket = connect(server.port, "127.0.0.1");
  let received = "";
  socket.on("data", (chunk) => {
    received += chunk.toString();
  });
  socket.write(request);
  await once(socket, "close");
  return received;
}

const post = (target: string, body: object, headers = "") => {
  const json = JSON.stringify(body);
  return raw(
    `POST ${target} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TEST_KEY}\r\nContent-Type: application/json\r\n${headers.includes("Connection") ? "" : "Connection: close\r\n"}${headers}Content-Length: ${json.length}\r\n\r\n${json}`,
  );
};

describe("a device that is locked for long", () => {
  test("is answered 503 and keeps no other device waiting", async () => {
    const locked = await makeDevice(database.sql);
    const free = await makeDevice(database.sql);
    await database.sql.begin(async (tx) => {
      await tx`select from device_state where device_id = ${locked.id} for update`;
      const answers = await Promise.all([
        client.post("/api/telemetry", reading(locked.code, at(0))),
        client.post("/api/telemetry", reading(free.code, at(0))),
        client.post("/api/parking-log", parkingLog(locked.code, at(0))),
        client.post("/api/parking-log", parkingLog(free.code, at(0))),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([503, 201, 503, 201]);
      expect(answers[0]?.headers.get("retry-after")).toBe("5");
      const rows = [reading(free.code, at(1)), reading(locked.code, at(1))];
      expect((await client.post("/api/telemetry/bulk", rows)).status).toBe(503);
    });
    const again = [reading(free.code, at(1)), reading(locked.code, at(1))];
    expect((await client.post("/api/telemetry/bulk", again)).body).toMatchObject({
      created: 1,
      duplicates: 1,
    });
  });
});

describe("unusual requests", () => {
  test("an offer to upgrade to HTTP/2 is passed over and the request answered", async () => {
    const { code } = await makeDevice(database.sql);
    const offer =
      "Connection: close, Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n";
    expect(await post("/api/telemetry", reading(code, at(0)), offer)).toMatch(/^HTTP\/1.1 201 /);
  });

  test.each([
    "//api//telemetry",
    "/api//telemetry/",
    "/api/telemetry//",
    "/api\\telemetry",
    "http://localhost/api/telemetry",
  ])("%s is taken without a redirect", async (target) => {
    const { code } = await makeDevice(database.sql);
    expect(await post(target, reading(code, at(0)))).toMatch(/^HTTP\/1.1 201 /);
  });

  test.each(["/api/telemetry%", "/api/%E0%A4%A", "/%zz"])(
    "%s is refused as malformed",
    async (target) => {
      const answer = await post(target, {});
      expect(answer).toMatch(/^HTTP\/1.1 400 /);
      expect(answer).toContain("application/problem+json");
    },
  );

  test.each(["/api", "/api/", "/api/nowhere/at/all"])("%s is a problem document", async (path) => {
    const answer = await client.get(path);
    expect(answer.status).toBe(404);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
  });
});
