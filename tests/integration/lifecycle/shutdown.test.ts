import http from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BY_TEST_KEY } from "@/tests/support/api";
import { until } from "@/tests/support/clock";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { makeDevice } from "@/tests/support/factories";
import { at, reading } from "@/tests/support/messages";
import { startServer } from "@/tests/support/server";

const CONNECTIONS = 16;
const ANSWERS_BEFORE_STOP = 500;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());

type Tally = { created: number; turnedAway: number; dropped: string[] };

/** Sends one reading after the other over one keep-alive connection until the server is gone. */
async function sendUntilGone(url: string, code: string, tally: Tally): Promise<void> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  for (let second = 0; ; second++) {
    const body = JSON.stringify(reading(code, at(second)));
    const outcome = await post(agent, url, body);
    if (outcome === 201) tally.created += 1;
    else if (outcome === "ECONNREFUSED") tally.turnedAway += 1;
    else tally.dropped.push(String(outcome));
    if (outcome !== 201) break;
  }
  agent.destroy();
}

function post(agent: http.Agent, url: string, body: string): Promise<number | string> {
  return new Promise((resolve) => {
    const request = http.request(`${url}/api/telemetry`, {
      agent,
      method: "POST",
      headers: {
        ...BY_TEST_KEY,
        "Content-Type": "application/json",
        "Content-Length": body.length,
      },
    });
    request.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    request.on("response", (response) => {
      response.resume().on("end", () => resolve(response.statusCode ?? 0));
    });
    request.end(body);
  });
}

test("a server that is asked to leave answers every request that it took", async () => {
  const server = await startServer({ kind: "gateway", databaseUrl: database.url });
  const tally: Tally = { created: 0, turnedAway: 0, dropped: [] };
  const devices = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => makeDevice(database.sql)),
  );
  const senders = devices.map(({ code }) => sendUntilGone(server.url, code, tally));
  await until("readings are stored", () => tally.created >= ANSWERS_BEFORE_STOP);
  await server.stop();
  await Promise.all(senders);
  expect(tally.dropped).toEqual([]);
  expect(tally.turnedAway).toBe(CONNECTIONS);
  const [stored] = await database.sql`select count(*)::int as n from telemetry`;
  expect(stored).toEqual({ n: tally.created });
});
