import { Button } from "@mantine/core";
import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { openPage } from "@/app/_session/open-page";
import { DatabaseAway } from "@/app/_ui/database-away";
import { counted } from "@/app/_ui/figures";
import { zoneLabel } from "@/app/_ui/local-time";
import { Notice } from "@/app/_ui/notice";
import { PageHead } from "@/app/_ui/page-head";
import { QueryNavigation } from "@/app/_ui/query-navigation";
import type { Context } from "@/lib/server/context";
import { readOrAway } from "../read-or-away";
import { EmptyReport } from "./_components/empty-report";
import { FirstRows } from "./_components/first-rows";
import { ReportFilters } from "./_components/report-filters";
import { ReportSkeleton } from "./_components/report-skeleton";
import { Totals } from "./_components/totals";
import { UsageTables } from "./_components/usage-tables";
import { loadReport, type Report } from "./load-report";
import {
  EARLIEST_DATE,
  fileAddress,
  LATEST_DATE,
  type PageQuery,
  parseReportsView,
  presets,
  type ReportsView,
} from "./reports-view";

export const metadata: Metadata = { title: "Reports" };

/** Every event of a range of dates: what there is of it, and the file. */
export default async function ReportsPage({ searchParams }: { searchParams: Promise<PageQuery> }) {
  const opened = await openPage("/reports");
  const view = parseReportsView(await searchParams);
  if (!opened) return <DatabaseAway />;
  // Not in loading.tsx: anyone who may not open the page must be answered 403 before anything is sent.
  return (
    <Suspense fallback={<ReportSkeleton />}>
      <ReportInView context={opened.context} view={view} />
    </Suspense>
  );
}

async function ReportInView({ context, view }: { context: Context; view: ReportsView }) {
  const report = await readOrAway(() => loadReport(context, view));
  if (!report) return <DatabaseAway />;
  if (report.kind !== "report") return <NoReport kind={report.kind} />;
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
      <Filters report={report} view={view} now={context.now} />
      {overview.events === 0 ? (
        <EmptyReport newestEventDay={report.newestEventDay} />
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

function Filters({ report, view, now }: { report: Report; view: ReportsView; now: Date }) {
  const { facility, facilities, zone, zones, timeZone, today, range } = report;
  const names = new Map(facilities.map(({ id, name }) => [id, name]));
  return (
    <ReportFilters
      {...{ range, presets: presets(today), earliest: EARLIEST_DATE, latest: LATEST_DATE }}
      place={report.placeName}
      timeZone={timeZone ? zoneLabel(timeZone, now) : "each facility’s own time zone"}
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

const NOTHING: Record<Exclude<Awaited<ReturnType<typeof loadReport>>["kind"], "report">, string> = {
  no_facility: "There is no facility yet, so there is nothing to report.",
  unknown_facility: "No such facility.",
  unknown_zone: "No such zone.",
};

function NoReport({ kind }: { kind: keyof typeof NOTHING }) {
  return (
    <Notice title="No report to show">
      <p>{NOTHING[kind]}</p>
      <p>
        {kind === "no_facility" ? (
          <Link href="/" prefetch={false}>
            Get started
          </Link>
        ) : (
          <Link href="/reports" prefetch={false}>
            Report on all facilities
          </Link>
        )}
      </p>
    </Notice>
  );
}
