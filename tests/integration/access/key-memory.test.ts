import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { KeyMemory } from "@/lib/server/keys/key-memory";
import { hashOf } from "@/lib/server/keys/secret";
import { makeKey } from "@/tests/support/accounts";
import { until } from "@/tests/support/clock";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";

let database: TestDatabase;
let sql: postgres.Sql;
let memory: KeyMemory;
const statements: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  sql = postgres(database.url, { max: 2, debug: (_, query) => statements.push(query) });
  memory = new KeyMemory(sql);
});
afterAll(async () => {
  await memory?.stop();
  await sql?.end();
  await database?.drop();
});

const actorOf = (secret: string) => memory.actorOf(hashOf(secret), null, Date.now());

test("a thousand checks of a key cost no look at the database", async () => {
  const { id, secret } = await makeKey(database.sql, { scopes: ["ingest"] });
  await memory.start();
  await until("the first read is over", () => actorOf(secret) !== null);
  const before = statements.length;
  for (let i = 0; i < 1_000; i++) expect(actorOf(secret)).toMatchObject({ kind: "key", id });
  expect(statements.slice(before)).toEqual([]);
});

test("many unknown keys at once are looked up in one statement", async () => {
  const { secret } = await makeKey(database.sql);
  const guesses = Array.from({ length: 100 }, (_, i) => hashOf(`guess-${i}`));
  const before = statements.length;
  await Promise.all([secret, ...guesses].map((text) => memory.lookUp([hashOf(text)])));
  expect(statements.length - before).toBe(1);
  expect(actorOf(secret)).not.toBeNull();
  expect(actorOf("guess-1")).toBeNull();
});

test("a connection that the server cut is listened on again, and what was missed is read", async () => {
  const { id, secret } = await makeKey(database.sql);
  await memory.refresh("all");
  expect(actorOf(secret)).not.toBeNull();
  await database.sql.begin(async (tx) => {
    await tx`select pg_terminate_backend(pid) from pg_stat_activity
             where datname = current_database() and pid <> pg_backend_pid()
               and query like 'listen%'`;
    // As another process would, while no one listens here.
    await tx`update api_keys set revoked_at = now() where id = ${id}`;
  });
  await until("the revocation is known", () => actorOf(secret) === null);
});
