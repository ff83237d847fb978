import type { Metadata } from "next";
import Link from "next/link";
import { consolePage } from "@/app/_session/console-page";
import { QueryNavigation } from "@/app/_ui/addresses/query-navigation";
import { PageHead } from "@/app/_ui/page-head";
import { Panel } from "@/app/_ui/panel";
import { afterPaging } from "@/app/_ui/tables/after-paging";
import { Paging } from "@/app/_ui/tables/paging";
import { may } from "@/lib/domain/access/access";
import { EmptyList } from "../_components/empty-list";
import { ListFilters } from "../_components/list-filters";
import { Nowhere } from "../_components/nowhere";
import { NewZone, ZoneList } from "../_components/zones/zone-list";
import { countInWords } from "../count-in-words";
import { isFiltered, ROWS_PER_PAGE, zonesView } from "../view";
import { loadZones } from "./load";

export const metadata: Metadata = { title: "Zones" };

/** The zones of one facility, or of all of them. */
export default consolePage("/estate/zones", {
  view: zonesView,
  load: loadZones,
  nowhere: ({ detail }) => <Nowhere detail={detail} path="/estate/zones" />,
  show({ context, view, loaded: { page, facility, facilities } }) {
    const mayWrite = may(context.actor, "estate.write");
    const hasFacility = facilities.some(({ retired }) => !retired);
    return (
      <>
        <PageHead
          title="Zones"
          actions={
            mayWrite && hasFacility ? (
              <NewZone facilities={facilities} facilityId={facility?.id ?? null} />
            ) : null
          }
        >
          Parts of a facility, such as a level or a row of bays, each with its own target.
        </PageHead>
        <QueryNavigation>
          <Panel
            id="zones"
            title={facility ? `Zones of ${facility.name}` : "All zones"}
            aside={countInWords(page.total, "zone", isFiltered(view))}
          >
            <ListFilters
              search={view.search ?? ""}
              retired={view.retired ?? null}
              sort={view.sort}
              placeholder="Code or name"
            />
            {page.rows.length > 0 ? (
              <ZoneList
                zones={page.rows}
                facilities={facilities}
                mayWrite={mayWrite}
                facility={view.facility ?? null}
              />
            ) : (
              <EmptyList filtered={isFiltered(view)} noun="zone">
                <NoZones mayWrite={mayWrite} hasFacility={hasFacility} />
              </EmptyList>
            )}
            <Paging label="Pages of zones" {...afterPaging(view.after, page, ROWS_PER_PAGE)} />
          </Panel>
        </QueryNavigation>
      </>
    );
  },
});

function NoZones({ mayWrite, hasFacility }: { mayWrite: boolean; hasFacility: boolean }) {
  if (!mayWrite) return "No zones yet.";
  if (hasFacility) return "No zones yet. Create the first with “New zone”.";
  return (
    <>
      No zones yet, and no facility that could have some.{" "}
      <Link href="/estate" prefetch={false}>
        Create a facility first
      </Link>
    </>
  );
}
