import { Button } from "@mantine/core";
import type { Metadata } from "next";
import { consolePage } from "@/app/_session/console-page";
import { QueryNavigation } from "@/app/_ui/addresses/query-navigation";
import { DeadEnd } from "@/app/_ui/notices/dead-end";
import { NoEvents } from "@/app/_ui/notices/no-events";
import { PageHead } from "@/app/_ui/page-head";
import { counted } from "@/app/_ui/words/figures";
import { zoneInView } from "@/app/_ui/words/local-time";
import { EARLIEST_DATE, LATEST_DATE } from "@/lib/domain/values/dates";
import { FirstRows } from "./_components/first-rows";
import { ReportFilters } from "./_components/report-filters";
import { ReportSkeleton } from "./_components/report-skeleton";
import { Totals } from "./_components/totals";
import { UsageTables } from "./_components/usage-tables";
import { loadReport, type Report } from "./load";
import { fileAddress, presets, type ReportsView, reportsView } from "./view";

export const metadata: Metadata = { title: "Reports" };

const NOTHING = "No report to show";

/** Every event of a range of dates: what there is of it, and the file. */
export default consolePage("/reports", {
  view: reportsView,
  load: loadReport,
  // Not in loading.tsx: anyone who may not open the page must be answered 403 before anything is sent.
  fallback: <ReportSkeleton />,
  nowhere: ({ name }) => (
    <DeadEnd title={NOTHING} way={{ path: "/reports", label: "Report on all facilities" }}>
      <p>No such {name}.</p>
    </DeadEnd>
  ),
  show: ({ context, view, loaded: report }) =>
    report ? (
      <ReportInView report={report} view={view} now={context.now} />
    ) : (
      <DeadEnd title={NOTHING} way={{ path: "/", label: "Get started" }}>
        <p>There is no facility yet, so there is nothing to report.</p>
      </DeadEnd>
    ),
});

type ReportProps = { report: Report; view: ReportsView; now: Date };

function ReportInView({ report, view, now }: ReportProps) {
  const { overview, range } = report;
  const file = (
    <Button component="a" variant="default" href={fileAddress(range, view)} download>
      Download CSV · {counted(overview.events, "row")}
    </Button>
  );
  return (
    <QueryNavigation>
      <PageHead title="Reports" actions={overview.events > 0 ? file : null}>
        Every arrival and departure in a range of dates, by the local date of each facility. The
        file holds the same data.
      </PageHead>
      <Filters report={report} view={view} now={now} />
      {overview.events === 0 ? (
        <NoEvents
          mt="md"
          role="status"
          newestEventDay={report.newestEventDay}
          asks={(day) => ({ from: day, to: day })}
        >
          No parking events on these dates.
        </NoEvents>
      ) : (
        <>
          <Totals overview={overview} range={range} />
          <UsageTables overview={overview} place={{ facility: view.facility, zone: view.zone }} />
          <FirstRows rows={overview.first} total={overview.events} />
        </>
      )}
    </QueryNavigation>
  );
}

function Filters({ report, view, now }: ReportProps) {
  const { facility, facilities, zone, zones, timeZone, today, range } = report;
  const names = new Map(facilities.map(({ id, name }) => [id, name]));
  return (
    <ReportFilters
      {...{ range, presets: presets(today), earliest: EARLIEST_DATE, latest: LATEST_DATE }}
      place={report.placeName}
      timeZone={zoneInView(timeZone, now)}
      zone={zone ? String(zone.id) : (view.zone ?? "")}
      zones={zones.map(({ id, code, facility_id, retired }) => ({
        value: String(id),
        label: [
          facility ? code : `${code}, ${names.get(facility_id)}`,
          retired ? " (retired)" : "",
        ].join(""),
      }))}
    />
  );
}
