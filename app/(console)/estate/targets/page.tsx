import { Button } from "@mantine/core";
import type { Metadata } from "next";
import { openPage } from "@/app/_session/open-page";
import { afterPaging } from "@/app/_ui/after-paging";
import { DatabaseAway } from "@/app/_ui/database-away";
import { PageHead } from "@/app/_ui/page-head";
import { Paging } from "@/app/_ui/paging";
import { Panel } from "@/app/_ui/panel";
import { QueryNavigation } from "@/app/_ui/query-navigation";
import { may } from "@/lib/domain/access";
import { addDays } from "@/lib/domain/dates";
import { CopyWeek } from "../_components/copy-week";
import { EmptyList } from "../_components/empty-list";
import { ImportButton } from "../_components/import-button";
import { Nowhere } from "../_components/nowhere";
import { TargetGrid } from "../_components/target-grid";
import { WeekControls } from "../_components/week-controls";
import { type EstateView, type PageQuery, parseEstateView, ROWS_PER_PAGE } from "../estate-view";
import { readEstate } from "../read-estate";
import { ChooseFacility } from "./choose-facility";
import { readTargetsInView, type TargetsInView } from "./read-targets-in-view";
import { daysOf, weekInWords } from "./week";

export const metadata: Metadata = { title: "Targets" };

/** How many events each zone and device of a facility is expected to have on the days of a week. */
export default async function TargetsPage({ searchParams }: { searchParams: Promise<PageQuery> }) {
  const opened = await openPage("/estate/targets");
  const view = parseEstateView(await searchParams);
  if (!opened) return <DatabaseAway />;
  const { actor } = opened.context;
  const read = await readEstate(() => readTargetsInView(opened.context, view));
  if (read.kind === "away") return <DatabaseAway />;
  if (read.kind === "nowhere") return <Nowhere detail={read.detail} path="/estate/targets" />;
  const week = read.value.kind === "week" ? read.value : null;
  const mayWrite = may(actor, "targets.write");
  return (
    <>
      <PageHead
        title="Targets"
        actions={
          <>
            {may(actor, "reports.export") && week ? <ExportLink week={week} /> : null}
            {mayWrite ? <ImportButton kind="targets" /> : null}
          </>
        }
      >
        How many events a zone or a device is expected to have on a day. Efficiency compares with
        them; days without a target have none.
      </PageHead>
      <QueryNavigation>
        {read.value.kind === "choose" ? (
          <ChooseFacility facilities={read.value.facilities} />
        ) : (
          <Week week={read.value} view={view} mayWrite={mayWrite} />
        )}
      </QueryNavigation>
    </>
  );
}

type WeekProps = { week: TargetsInView; view: EstateView; mayWrite: boolean };

function Week({ week, view, mayWrite }: WeekProps) {
  const { facility, monday, today, page } = week;
  const lastWeek = addDays(monday, -7);
  return (
    <Panel id="targets" title={facility.name} aside={`Dates in ${facility.time_zone}`}>
      <WeekControls
        monday={monday}
        weekInWords={weekInWords(monday)}
        previous={lastWeek}
        next={addDays(monday, 7)}
        today={today}
        search={view.search ?? ""}
      >
        {mayWrite && !facility.retired ? (
          <CopyWeek
            facilityId={facility.id}
            facilityName={facility.name}
            from={{ monday: lastWeek, inWords: weekInWords(lastWeek) }}
            to={{ monday, inWords: weekInWords(monday) }}
          />
        ) : null}
      </WeekControls>
      {page.rows.length > 0 ? (
        <TargetGrid
          key={monday}
          caption={`Targets of ${facility.name}, ${weekInWords(monday)}`}
          days={daysOf(monday, today)}
          rows={page.rows}
          mayWrite={mayWrite}
        />
      ) : (
        <EmptyList filtered={view.search !== undefined} noun="zone or device">
          No zones yet, and no device with a target.
        </EmptyList>
      )}
      <Paging label="Pages of targets" {...afterPaging(view.after, page, ROWS_PER_PAGE)} />
    </Panel>
  );
}

/** A file with the targets of the week that is in view. */
function ExportLink({ week: { facility, monday } }: { week: TargetsInView }) {
  const query = new URLSearchParams({
    facility: String(facility.id),
    date_from: monday,
    date_to: addDays(monday, 6),
  });
  return (
    <Button
      component="a"
      variant="default"
      c="bright"
      href={`/api/targets/export?${query}`}
      download
    >
      Export CSV
    </Button>
  );
}
