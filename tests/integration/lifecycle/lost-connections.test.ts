import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { connectIngest, type Sql } from "@/db/client";
import { isDatabaseAway } from "@/db/errors";
import { type CuttableDatabase, cuttableDatabase } from "@/tests/support/cuttable-database";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";

let database: TestDatabase;
let way: CuttableDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  way = await cuttableDatabase(database.url);
  await database.sql`create table notes (text text primary key)`;
});
afterAll(async () => {
  await way?.close();
  await database?.drop();
});
beforeEach(() => database.sql`truncate notes`);

/** A pool as the product makes it, which goes a way that can be cut. */
function pool(connections = 1): Sql {
  const sql = connectIngest(way.url, connections);
  onTestFinished(() => sql.end({ timeout: 1 }));
  return sql;
}

/** Ends the session on the server's side, as a restart does. */
const endSession = (pid: number) => database.sql`select pg_terminate_backend(${pid}, 5000)`;

/** The driver's own view of a connection that breaks is a reset, or an orderly end. */
const LOSSES: [how: string, lose: (pid: number) => unknown][] = [
  ["ended by the server", endSession],
  [
    "reset on its way",
    () => {
      way.reset();
      way.mend();
    },
  ],
  [
    "closed on its way",
    () => {
      way.cut();
      way.mend();
    },
  ],
];

/** A transaction that is open on `sql` and does what it is told from outside. */
async function openTransaction(sql: Sql) {
  let resume = () => {};
  const told = new Promise<void>((resolve) => {
    resume = resolve;
  });
  let begun = (_pid: number) => {};
  const pid = new Promise<number>((resolve) => {
    begun = resolve;
  });
  const late: unknown[] = [];
  let ended = () => {};
  const over = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const outcome = sql
    .begin(async (tx) => {
      const [row] = await tx`select pg_backend_pid() as pid`;
      begun(row!.pid);
      await told;
      for (const text of ["late", "later"]) {
        await tx`insert into notes values (${text})`.catch((error) => late.push(error));
      }
      setImmediate(ended);
    })
    .then(
      () => "committed",
      (error) => error,
    );
  return { pid: await pid, resume, outcome, late, over };
}

describe.each(LOSSES)("a connection that is %s", (_, lose) => {
  test("fails the statement and the transaction that it served, and the next ones run", async () => {
    const sql = pool();
    let pid = 0;
    const outcome = sql
      .begin(async (tx) => {
        [{ pid }] = await tx<[{ pid: number }]>`select pg_backend_pid() as pid`;
        const asleep = tx`select pg_sleep(30)`;
        setImmediate(() => lose(pid));
        await asleep;
      })
      .catch((error: unknown) => error);
    expect(isDatabaseAway(await outcome)).toBe(true);
    for (const n of [1, 2, 3]) expect((await sql`select ${n}::int as n`)[0]).toEqual({ n });
    const inside = await sql.begin(async (tx) => (await tx`select 4 as n`)[0]);
    expect(inside).toEqual({ n: 4 });
  });

  test("takes no statement of its transaction into another one", async () => {
    const sql = pool();
    const dead = await openTransaction(sql);
    await lose(dead.pid);
    expect(isDatabaseAway(await dead.outcome)).toBe(true);
    await sql.begin(async (tx) => {
      await tx`insert into notes values ('in time')`;
      dead.resume();
      await dead.over;
      expect(dead.late.map(isDatabaseAway)).toEqual([true, true]);
      await tx`insert into notes values ('in time too')`;
    });
    const notes = await database.sql`select text from notes order by text`;
    expect(notes.map(({ text }) => text)).toEqual(["in time", "in time too"]);
  });

  test("leaves no question of a busy pool without an answer, and the pool usable", async () => {
    const sql = pool(3);
    const [{ pid }] = await sql<[{ pid: number }]>`select pg_backend_pid() as pid`;
    const asked = Array.from({ length: 200 }, (_, n) =>
      n % 2 === 0
        ? sql`select ${n}::int as n, pg_sleep(0.01)`
        : sql.begin(async (tx) => (await tx`select ${n}::int as n, pg_sleep(0.01)`)[0]),
    );
    setImmediate(() => lose(pid));
    const answers = await Promise.allSettled(asked);
    for (const answer of answers) {
      if (answer.status === "rejected") expect(isDatabaseAway(answer.reason)).toBe(true);
      else expect(answer.value).toBeDefined();
    }
    const again = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => sql`select ${n}::int as n`));
    expect(again.map(([row]) => row?.n)).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
