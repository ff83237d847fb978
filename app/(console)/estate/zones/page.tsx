import type { Metadata } from "next";
import Link from "next/link";
import { openPage } from "@/app/_session/open-page";
import { afterPaging } from "@/app/_ui/after-paging";
import { DatabaseAway } from "@/app/_ui/database-away";
import { PageHead } from "@/app/_ui/page-head";
import { Paging } from "@/app/_ui/paging";
import { Panel } from "@/app/_ui/panel";
import { QueryNavigation } from "@/app/_ui/query-navigation";
import { may } from "@/lib/domain/access";
import type { Context } from "@/lib/server/context";
import { countInZones } from "@/lib/server/devices/count-devices";
import { idsWithoutHistory } from "@/lib/server/estate/history";
import { listFacilities } from "@/lib/server/facilities/read-facilities";
import { resolveScope } from "@/lib/server/scope/resolve-scope";
import { listZones } from "@/lib/server/zones/read-zones";
import { EmptyList } from "../_components/empty-list";
import { ListFilters } from "../_components/list-filters";
import { Nowhere } from "../_components/nowhere";
import { NewZone, ZoneList } from "../_components/zone-list";
import { countInWords } from "../count-in-words";
import {
  type EstateView,
  isFiltered,
  listOf,
  type PageQuery,
  pageStart,
  parseEstateView,
  ROWS_PER_PAGE,
} from "../estate-view";
import { facilitiesAbove } from "../facilities-above";
import { readEstate } from "../read-estate";

export const metadata: Metadata = { title: "Zones" };

/** The zones of one facility, or of all of them. */
export default async function ZonesPage({ searchParams }: { searchParams: Promise<PageQuery> }) {
  const opened = await openPage("/estate/zones");
  const view = { ...parseEstateView(await searchParams), zone: undefined };
  if (!opened) return <DatabaseAway />;
  const read = await readEstate(() => readZones(opened.context, view));
  if (read.kind === "away") return <DatabaseAway />;
  if (read.kind === "nowhere") return <Nowhere detail={read.detail} path="/estate/zones" />;
  const { rows, total, nextCursor, facility, facilities } = read.value;
  const mayWrite = may(opened.context.actor, "estate.write");
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
          aside={countInWords(total, "zone", isFiltered(view))}
        >
          <ListFilters
            search={view.search ?? ""}
            retired={view.retired ?? null}
            sort={view.sort ?? "code"}
            placeholder="Code or name"
          />
          {rows.length > 0 ? (
            <ZoneList
              zones={rows}
              facilities={facilities}
              mayWrite={mayWrite}
              facility={view.facility ?? null}
            />
          ) : (
            <EmptyList filtered={isFiltered(view)} noun="zone">
              <NoZones mayWrite={mayWrite} hasFacility={hasFacility} />
            </EmptyList>
          )}
          <Paging
            label="Pages of zones"
            {...afterPaging(view.after, { rows, total, nextCursor }, ROWS_PER_PAGE)}
          />
        </Panel>
      </QueryNavigation>
    </>
  );
}

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

async function readZones(context: Context, view: EstateView) {
  const [page, scope, facilities] = await Promise.all([
    listZones(context, { ...listOf(view), facility: view.facility }),
    resolveScope(context, { facility: view.facility }),
    listFacilities(context, {}),
  ]);
  const ids = page.rows.map(({ id }) => id);
  const [counts, deletable] = await Promise.all([
    countInZones(context, ids),
    idsWithoutHistory(context, "zone", ids),
  ]);
  return {
    rows: page.rows.map((zone) => ({
      ...{ ...zone, devices: counts.get(zone.id) ?? 0 },
      deletable: deletable.has(zone.id),
    })),
    total: page.total,
    nextCursor: pageStart(page.nextCursor),
    facility: facilities.rows.find(({ id }) => id === scope.facilityId) ?? null,
    facilities: facilitiesAbove(facilities.rows),
  };
}
