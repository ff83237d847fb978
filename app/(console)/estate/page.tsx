import type { Metadata } from "next";
import { openPage } from "@/app/_session/open-page";
import { afterPaging } from "@/app/_ui/after-paging";
import { DatabaseAway } from "@/app/_ui/database-away";
import { PageHead } from "@/app/_ui/page-head";
import { Paging } from "@/app/_ui/paging";
import { Panel } from "@/app/_ui/panel";
import { QueryNavigation } from "@/app/_ui/query-navigation";
import { may } from "@/lib/domain/access";
import type { Context } from "@/lib/server/context";
import { countInFacilities } from "@/lib/server/devices/count-devices";
import { idsWithoutHistory } from "@/lib/server/estate/history";
import { listFacilities } from "@/lib/server/facilities/read-facilities";
import { readOrAway } from "../read-or-away";
import { EmptyList } from "./_components/empty-list";
import { FacilityList } from "./_components/facility-list";
import { ListFilters } from "./_components/list-filters";
import { NewFacility } from "./_components/new-facility";
import { countInWords } from "./count-in-words";
import {
  type EstateView,
  isFiltered,
  listOf,
  type PageQuery,
  pageStart,
  parseEstateView,
  ROWS_PER_PAGE,
} from "./estate-view";

export const metadata: Metadata = { title: "Facilities" };

/** The facilities within the reach of who looks, whichever one the other pages show. */
export default async function FacilitiesPage({
  searchParams,
}: {
  searchParams: Promise<PageQuery>;
}) {
  const opened = await openPage("/estate");
  const view = { ...parseEstateView(await searchParams), zone: undefined };
  const read = opened && (await readOrAway(() => readFacilities(opened.context, view)));
  if (!opened || !read) return <DatabaseAway />;
  const { actor } = opened.context;
  const mayWrite = may(actor, "estate.write");
  return (
    <>
      <PageHead
        title="Facilities"
        actions={mayWrite && actor.reach.kind === "all" ? <NewFacility /> : null}
      >
        Places with parking bays, each with its own time zone. A facility has zones, and a zone has
        devices, one for each bay.
      </PageHead>
      <QueryNavigation>
        <Panel
          id="facilities"
          title="All facilities"
          aside={countInWords(read.total, "facility", isFiltered(view))}
        >
          <ListFilters
            search={view.search ?? ""}
            retired={view.retired ?? null}
            sort={view.sort ?? "code"}
            placeholder="Code or name"
          />
          {read.rows.length > 0 ? (
            <FacilityList facilities={read.rows} mayWrite={mayWrite} />
          ) : (
            <EmptyList filtered={isFiltered(view)} noun="facility">
              {mayWrite
                ? "No facilities yet. Create the first with “New facility”."
                : "No facilities yet."}
            </EmptyList>
          )}
          <Paging label="Pages of facilities" {...afterPaging(view.after, read, ROWS_PER_PAGE)} />
        </Panel>
      </QueryNavigation>
    </>
  );
}

async function readFacilities(context: Context, view: EstateView) {
  const { rows, total, nextCursor } = await listFacilities(context, listOf(view));
  const ids = rows.map(({ id }) => id);
  const [counts, deletable] = await Promise.all([
    countInFacilities(context, ids),
    idsWithoutHistory(context, "facility", ids),
  ]);
  const none = { zones: 0, devices: 0 };
  return {
    rows: rows.map((facility) => ({
      ...{ ...facility, ...(counts.get(facility.id) ?? none) },
      deletable: deletable.has(facility.id),
    })),
    total,
    nextCursor: pageStart(nextCursor),
  };
}
