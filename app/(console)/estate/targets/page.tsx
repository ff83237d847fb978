import type { Metadata } from "next";
import { consolePage } from "@/app/_session/console-page";
import { withQuery } from "@/app/_ui/addresses/query";
import { QueryNavigation } from "@/app/_ui/addresses/query-navigation";
import { PageHead } from "@/app/_ui/page-head";
import { Panel } from "@/app/_ui/panel";
import { afterPaging } from "@/app/_ui/tables/after-paging";
import { Paging } from "@/app/_ui/tables/paging";
import { may } from "@/lib/domain/access/access";
import { addDays } from "@/lib/domain/values/dates";
import { EmptyList } from "../_components/empty-list";
import { ExportLink } from "../_components/export-link";
import { ImportButton } from "../_components/imports/import-button";
import { Nowhere } from "../_components/nowhere";
import { CopyWeek } from "../_components/targets/copy-week";
import { TargetGrid } from "../_components/targets/target-grid";
import { WeekControls } from "../_components/targets/week-controls";
import { ROWS_PER_PAGE, type TargetsView, targetsView } from "../view";
import { ChooseFacility } from "./choose-facility";
import { loadTargets, type TargetsInView } from "./load";
import { daysOf, weekInWords } from "./week";

export const metadata: Metadata = { title: "Targets" };

/** How many events each zone and device of a facility is expected to have on the days of a week. */
export default consolePage("/estate/targets", {
  view: targetsView,
  load: loadTargets,
  nowhere: ({ detail }) => <Nowhere detail={detail} path="/estate/targets" />,
  show({ context: { actor }, view, loaded }) {
    const week = loaded.kind === "week" ? loaded : null;
    const mayWrite = may(actor, "targets.write");
    return (
      <>
        <PageHead
          title="Targets"
          actions={
            <>
              {may(actor, "reports.export") && week ? (
                <ExportLink href={exportAddress(week)} />
              ) : null}
              {mayWrite ? <ImportButton kind="targets" /> : null}
            </>
          }
        >
          How many events a zone or a device is expected to have on a day. Efficiency compares with
          them; days without a target have none.
        </PageHead>
        <QueryNavigation>
          {loaded.kind === "choose" ? (
            <ChooseFacility facilities={loaded.facilities} />
          ) : (
            <Week week={loaded} view={view} mayWrite={mayWrite} />
          )}
        </QueryNavigation>
      </>
    );
  },
});

type WeekProps = { week: TargetsInView; view: TargetsView; mayWrite: boolean };

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
const exportAddress = ({ facility, monday }: TargetsInView): string =>
  withQuery("/api/targets/export", {
    facility: facility.id,
    date_from: monday,
    date_to: addDays(monday, 6),
  });
