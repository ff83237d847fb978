import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { LocalDate } from "@/lib/domain/values/fields";
import { cutPage, type Page, type PageRequest, rowsToFetch } from "@/lib/domain/values/paging";
import type { ReadContext } from "@/lib/server/context";
import { isoUtc, wordList } from "@/lib/server/sql";

/** Where the audit log, newest first, goes on: after this id. */
export const AuditCursor = z.int().positive();

export type AuditQuery = PageRequest<number> & {
  /** Part of the name of who did it or of what it was done to, in upper or lower case. */
  search?: string;
  /** An action, or the noun of several: `key`. */
  action?: string;
  /** One thing, whatever its name was when something was done to it. */
  subject?: { noun: "facility" | "zone" | "device"; id: number };
  /** Dates in UTC, both included; given the wrong way round they are swapped. */
  from?: LocalDate;
  to?: LocalDate;
};

/** One entry. `at` is ISO 8601 in UTC. */
export type AuditRow = {
  id: number;
  at: string;
  actor_kind: "system" | "visitor" | "user" | "key";
  actor_id: number | null;
  actor_name: string;
  address: string | null;
  action: string;
  subject_id: number | null;
  subject_name: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
};

/** The audit log, newest first. */
export async function readAudit(
  { db }: ReadContext,
  query: AuditQuery,
): Promise<Page<AuditRow, number>> {
  const { limit, cursor } = query;
  const matching = sql.join([sql`true`, ...conditions(query)], sql` and `);
  const after = cursor === undefined ? sql`true` : sql`id < ${cursor}`;
  const [[counted], rows] = await Promise.all([
    db.execute<{ total: number }>(sql`
      select count(*)::int as total from audit_log where ${matching}`),
    db.execute<AuditRow>(sql`
      select id::float8 as id, ${isoUtc("at")} as at,
             actor_kind, actor_id, actor_name, address, action, subject_id, subject_name,
             before, after
      from audit_log where ${matching} and ${after}
      order by audit_log.id desc limit ${rowsToFetch(limit)}`),
  ]);
  return cutPage([...rows], counted?.total ?? 0, limit, ({ id }) => id);
}

const ROWS_PER_CHUNK = 1_000;

/** All that matches, newest first, in pieces of which each is a query of its own. */
export async function* exportAudit(
  context: ReadContext,
  query: AuditQuery,
): AsyncGenerator<AuditRow[]> {
  for (let cursor: number | undefined; ; ) {
    const page: Page<AuditRow, number> = await readAudit(context, {
      ...query,
      limit: ROWS_PER_CHUNK,
      cursor,
    });
    if (page.rows.length > 0) yield page.rows;
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
  }
}

function conditions({ search, action, subject, from, to }: AuditQuery): SQL[] {
  const all: SQL[] = [];
  const [first, last] = from && to && from > to ? [to, from] : [from, to];
  if (search !== undefined) {
    const found = (column: SQL) => sql`strpos(lower(${column}), lower(${search})) > 0`;
    all.push(sql`(${found(sql`actor_name`)} or ${found(sql`subject_name`)})`);
  }
  if (action !== undefined) {
    all.push(sql`(action = ${action} or split_part(action, '.', 1) = ${action})`);
  }
  if (subject !== undefined) {
    const actions = ["created", "updated", "deleted"].map((verb) => `${subject.noun}.${verb}`);
    all.push(sql`action = any(${wordList(actions)})`);
    all.push(sql`subject_id = ${subject.id}::int`);
  }
  if (first) all.push(sql`at >= ${first}::date::timestamp at time zone 'UTC'`);
  if (last) all.push(sql`at < (${last}::date + 1)::timestamp at time zone 'UTC'`);
  return all;
}
