import type { OpenedPage } from "@/app/_session/open-page";
import { localDate } from "@/app/_ui/words/local-time";
import { listFacilities } from "@/lib/server/facilities/read-facilities";
import { resolveScope } from "@/lib/server/scope/resolve-scope";
import { readTargetWeek } from "@/lib/server/targets/read-target-week";
import { cursorOf, ROWS_PER_PAGE, type TargetsView } from "../view";
import { mondayOf } from "./week";

export type TargetsInView = Extract<Awaited<ReturnType<typeof loadTargets>>, { kind: "week" }>;

/**
 * A page of a facility's targets in a week; without a facility the ones there are to choose from.
 * @throws Problem 400 when the address names a facility that does not exist
 */
export async function loadTargets({ context }: OpenedPage, view: TargetsView) {
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
  const cursor = cursorOf(view.after);
  const scopeOf = (code: string) => (code === "device" ? ("device" as const) : ("zone" as const));
  const page = await readTargetWeek(context, {
    facilityId: facility.id,
    monday,
    search: view.search,
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
