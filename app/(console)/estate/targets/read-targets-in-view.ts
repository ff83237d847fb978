import { localDate } from "@/app/_ui/local-time";
import type { Context } from "@/lib/server/context";
import { listFacilities } from "@/lib/server/facilities/read-facilities";
import { resolveScope } from "@/lib/server/scope/resolve-scope";
import { readTargetWeek } from "@/lib/server/targets/read-target-week";
import { type EstateView, listOf, ROWS_PER_PAGE } from "../estate-view";
import { mondayOf } from "./week";

export type TargetsInView = Extract<
  Awaited<ReturnType<typeof readTargetsInView>>,
  { kind: "week" }
>;

/**
 * A page of a facility's targets in a week; without a facility the ones there are to choose from.
 * @throws Problem 400 when the address names a facility that does not exist
 */
export async function readTargetsInView(context: Context, view: EstateView) {
  const [scope, { rows: all }] = await Promise.all([
    resolveScope(context, { facility: view.facility }),
    listFacilities(context, {}),
  ]);
  const inUse = all.filter(({ retired }) => !retired);
  const facility =
    all.find(({ id }) => id === scope.facilityId) ?? (inUse.length === 1 ? inUse[0] : undefined);
  if (!facility) return { kind: "choose" as const, facilities: inUse };
  const today = localDate(context.now, facility.time_zone);
  const monday = mondayOf(view.week ?? today);
  const { search, cursor } = listOf(view);
  const scopeOf = (code: string) => (code === "device" ? ("device" as const) : ("zone" as const));
  const page = await readTargetWeek(context, {
    facilityId: facility.id,
    monday,
    search,
    limit: ROWS_PER_PAGE,
    cursor: cursor && { id: cursor.id, scope: scopeOf(cursor.code) },
  });
  const { nextCursor } = page;
  return {
    kind: "week" as const,
    ...{ facility, today, monday },
    page: { ...page, nextCursor: nextCursor && `${nextCursor.id}.${nextCursor.scope}` },
  };
}
