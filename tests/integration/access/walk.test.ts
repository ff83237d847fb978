import { readdirSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  API_GATES,
  type Gate,
  may,
  mayOpen,
  PAGE_GATES,
  type PagePath,
  ROLES,
  SCOPES,
  type Standing,
} from "@/lib/domain/access/access";
import { makeKey, makeSession, makeUser, sessionCookie } from "@/tests/support/accounts";
import { type Api, api } from "@/tests/support/api";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { type RunningServer, startServer } from "@/tests/support/server";

/** The addresses that files of this name in `app` make, without route groups. */
function addressesOf(file: RegExp): string[] {
  return readdirSync("app", { recursive: true, encoding: "utf8" })
    .map((name) => name.split(path.sep).join("/"))
    .filter((name) => file.test(name))
    .map((name) => `/${path.posix.dirname(name)}`.replace(/\/\([^/]+\)|\/\.$/g, "") || "/")
    .sort();
}

describe("the table of gates", () => {
  test("has every route file, and nothing else", () => {
    expect(addressesOf(/(^|\/)route\.tsx?$/)).toEqual(Object.keys(API_GATES).sort());
  });

  test("has every page, and nothing else", () => {
    expect(addressesOf(/(^|\/)page\.tsx?$/)).toEqual(Object.keys(PAGE_GATES).sort());
  });
});

/** Ids that nothing has: anyone who passes the gate gets 400, 404 or an empty list. */
const concrete = (address: string) =>
  address
    // A stream would not end; a place that is not there ends it before it begins.
    .replace(/^\/api\/live$/, "/api/live?facility=no-such-thing")
    .replace("[id]", "999999")
    .replace("[[...path]]", "no/such/path")
    .replace(/\[\.{0,3}\w+\]/, "no-such-thing");

/** `headers` are made again for each call: one of the calls ends all sessions of who makes it. */
type Caller = {
  name: string;
  standing: Standing | null;
  headers: () => Promise<Record<string, string>>;
};
const callers: Caller[] = [];
const names = ["nobody", ...ROLES, ...SCOPES.map((scope) => `a key to ${scope}`)];
const callerOf = (name: string) => callers.find((caller) => caller.name === name)!;

let database: TestDatabase;
let server: RunningServer;
let client: Api;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServer({ kind: "gateway", databaseUrl: database.url });
  client = api(server.url, {});
  callers.push({ name: "nobody", standing: null, headers: async () => ({}) });
  for (const role of ROLES) {
    const user = await makeUser(database.sql, role);
    const headers = async () => ({
      Cookie: sessionCookie(await makeSession(database.sql, user)),
    });
    callers.push({ name: role, standing: { kind: "user", role }, headers });
  }
  for (const scope of SCOPES) {
    const { secret } = await makeKey(database.sql, { scopes: [scope] });
    const headers = async () => ({ Authorization: `Bearer ${secret}` });
    callers.push({
      name: `a key to ${scope}`,
      standing: { kind: "key", scopes: [scope] },
      headers,
    });
  }
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

/** What the gate answers; undefined where it lets through. */
function refusal(gate: Gate, standing: Standing | null): number | undefined {
  if (gate === "anyone") return undefined;
  if (standing === null || gate === "scheduler") return 401;
  if (gate === "signed_in") return undefined;
  return may(standing, gate) ? undefined : 403;
}

const calls = Object.entries(API_GATES).flatMap(([address, gates]) =>
  Object.entries(gates).map(([method, gate]) => ({ address, method, gate })),
);

describe.each(names)("%s", (name) => {
  test.each(calls)("$method $address", async ({ address, method, gate }) => {
    const { standing, headers } = callerOf(name);
    const answer = await client.send(method, concrete(address), {
      headers: {
        ...(await headers()),
        ...(method === "GET" ? {} : { "Content-Type": "application/json" }),
      },
      body: method === "GET" ? undefined : "{}",
    });
    const expected = refusal(gate, standing);
    if (expected) expect(answer.status).toBe(expected);
    else expect([200, 201, 204, 302, 400, 404, 409, 415]).toContain(answer.status);
    if (expected)
      expect(answer.body).toMatchObject({ status: expected, detail: expect.any(String) });
  });

  test.each(Object.keys(PAGE_GATES) as PagePath[])("page %s", async (page) => {
    const { standing, headers } = callerOf(name);
    if (standing?.kind === "key") return;
    const answer = await client.get(concrete(page), { headers: await headers() });
    const location = answer.headers.get("location") ?? "";
    if (PAGE_GATES[page] === "anyone") {
      expect([200, 307, 404]).toContain(answer.status);
    } else if (!standing) {
      expect(answer.status).toBe(307);
      expect(location).toMatch(/^\/sign-in(\?next=|$)/);
    } else {
      // Of something that does not exist there is a page for no one.
      const found = /\/\[(id|\.\.\.missing)\]$/.test(page) ? 404 : 200;
      expect(answer.status).toBe(mayOpen(standing, page) ? found : 403);
    }
  });
});

test.each(["/api", "/api/", "/api/nowhere", "/api/alerts/1/nothing", "/api/telemetry/"])(
  "%s tells no one without credentials whether it exists",
  async (address) => {
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
      expect((await client.send(method, address)).status).toBe(401);
    }
  },
);

test("without any user every page leads to set-up", async () => {
  const empty = await createTestDatabase();
  const fresh = await startServer({ kind: "gateway", databaseUrl: empty.url });
  try {
    for (const page of Object.keys(PAGE_GATES).filter((page) => page !== "/setup")) {
      const answer = await api(fresh.url, {}).get(concrete(page));
      expect([page, answer.status, answer.headers.get("location")]).toEqual([page, 307, "/setup"]);
    }
    expect((await api(fresh.url, {}).get("/setup")).status).toBe(200);
  } finally {
    await fresh.stop();
    await empty.drop();
  }
});
