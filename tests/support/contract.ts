import type { Sql } from "postgres";
import { afterAll, beforeAll, describe } from "vitest";
import { type Api, api } from "./api";
import { createTestDatabase, type TestDatabase } from "./database";
import { type RunningServer, SERVER_KINDS, type ServerKind, startServer } from "./server";

/** What a suite works with; filled in before its first test. */
export type Served = { kind: ServerKind; api: Api; sql: Sql; databaseUrl: string };

export const CRON_SECRET = "a secret of the tests";

/** Runs one suite against the gateway and against the route handlers, each with its own database. */
export function describeBothKinds(name: string, suite: (at: Served) => void): void {
  describe.each(SERVER_KINDS)(`${name} (%s)`, (kind) => {
    const at = { kind } as Served;
    let database: TestDatabase | undefined;
    let server: RunningServer | undefined;

    beforeAll(async () => {
      database = await createTestDatabase();
      server = await startServer({ kind, databaseUrl: database.url, env: { CRON_SECRET } });
      Object.assign(at, { api: api(server.url), sql: database.sql, databaseUrl: database.url });
    });
    afterAll(async () => {
      await server?.stop();
      await database?.drop();
    });
    suite(at);
  });
}
