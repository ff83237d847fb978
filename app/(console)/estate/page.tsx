import type { Metadata } from "next";
import { consolePage } from "@/app/_session/console-page";
import { QueryNavigation } from "@/app/_ui/addresses/query-navigation";
import { PageHead } from "@/app/_ui/page-head";
import { Panel } from "@/app/_ui/panel";
import { afterPaging } from "@/app/_ui/tables/after-paging";
import { Paging } from "@/app/_ui/tables/paging";
import { may } from "@/lib/domain/access/access";
import { EmptyList } from "./_components/empty-list";
import { FacilityList } from "./_components/facilities/facility-list";
import { NewFacility } from "./_components/facilities/new-facility";
import { ListFilters } from "./_components/list-filters";
import { countInWords } from "./count-in-words";
import { loadFacilities } from "./load";
import { facilitiesView, isFiltered, ROWS_PER_PAGE } from "./view";

export const metadata: Metadata = { title: "Facilities" };

/** The facilities within the reach of who looks, whichever one the other pages show. */
export default consolePage("/estate", {
  view: facilitiesView,
  load: loadFacilities,
  show({ context: { actor }, view, loaded: page }) {
    const mayWrite = may(actor, "estate.write");
    return (
      <>
        <PageHead
          title="Facilities"
          actions={mayWrite && actor.reach.kind === "all" ? <NewFacility /> : null}
        >
          Places with parking bays, each with its own time zone. A facility has zones, and a zone
          has devices, one for each bay.
        </PageHead>
        <QueryNavigation>
          <Panel
            id="facilities"
            title="All facilities"
            aside={countInWords(page.total, "facility", isFiltered(view))}
          >
            <ListFilters
              search={view.search ?? ""}
              retired={view.retired ?? null}
              sort={view.sort}
              placeholder="Code or name"
            />
            {page.rows.length > 0 ? (
              <FacilityList facilities={page.rows} mayWrite={mayWrite} />
            ) : (
              <EmptyList filtered={isFiltered(view)} noun="facility">
                {mayWrite
                  ? "No facilities yet. Create the first with “New facility”."
                  : "No facilities yet."}
              </EmptyList>
            )}
            <Paging label="Pages of facilities" {...afterPaging(view.after, page, ROWS_PER_PAGE)} />
          </Panel>
        </QueryNavigation>
      </>
    );
  },
});
