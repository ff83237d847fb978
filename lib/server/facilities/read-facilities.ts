import { and, count, eq, sql } from "drizzle-orm";
import { facilities } from "@/db/schema";
import {
  type CodeCursor,
  type CodeList,
  cutPage,
  type Page,
  rowsToFetch,
} from "@/lib/domain/values/paging";
import { notFound } from "@/lib/domain/values/problem";
import type { ReadContext } from "@/lib/server/context";
import { limitColumns } from "@/lib/server/estate/limits";
import { matches, ordered } from "@/lib/server/estate/list-by-code";
import { facilityWithin } from "@/lib/server/scope/within-reach";

const fields = {
  id: facilities.id,
  code: facilities.code,
  name: facilities.name,
  time_zone: facilities.timeZone,
  address: facilities.address,
  latitude: facilities.latitude,
  longitude: facilities.longitude,
  ...limitColumns(facilities),
  retired: sql<boolean>`${facilities.retiredAt} is not null`,
};

/** A facility; degrees, and rule limits in the units of their names, null where inherited. */
export type Facility = Awaited<ReturnType<typeof readFacility>>;

const within = ({ reach }: ReadContext["actor"]) =>
  facilityWithin(reach, { facility: facilities.id });

/** @throws Problem 404, also for what is out of reach */
export async function readFacility({ db, actor }: ReadContext, id: number) {
  const [facility] = await db
    .select(fields)
    .from(facilities)
    .where(and(eq(facilities.id, id), within(actor)));
  if (!facility) throw notFound("Facility");
  return facility;
}

/** Facilities, by code unless asked otherwise. */
export async function listFacilities(
  { db, actor }: ReadContext,
  list: CodeList,
): Promise<Page<Facility, CodeCursor>> {
  const listed = matches(facilities, list, within(actor));
  const { orderBy, after } = ordered(facilities, list);
  const rows = db
    .select(fields)
    .from(facilities)
    .where(and(listed, after))
    .orderBy(...orderBy)
    .limit(rowsToFetch(list.limit) ?? Number.MAX_SAFE_INTEGER);
  const total = db.select({ n: count() }).from(facilities).where(listed);
  const [fetched, [counted]] = await Promise.all([rows, total]);
  return cutPage(fetched, counted?.n ?? 0, list.limit, ({ code, id }) => ({ code, id }));
}
