import type { Metadata } from "next";
import { headers } from "next/headers";
import { BadAddress } from "./_components/bad-address";
import { Day } from "./_components/day";
import { FirstSteps } from "./_components/first-steps";
import { LiveFrame } from "./_components/live-frame";
import { type PageQuery, parseDashboardView } from "./dashboard-view";
import { loadDashboard } from "./load-dashboard";
import { pageContext } from "./page-context";

export const metadata: Metadata = { title: "Dashboard" };

/** The day of one facility, or of all of them. */
export default async function DashboardPage({
  searchParams,
}: {
  searchParams: Promise<PageQuery>;
}) {
  const parsed = parseDashboardView(await searchParams);
  if ("refused" in parsed) return <BadAddress {...parsed} />;
  const { view } = parsed;
  const context = pageContext();
  const now = context.now.getTime();
  const dashboard = await loadDashboard(context, view);
  const origin = await ownOrigin();
  const viewKey = `${view.facility ?? "all"}/${view.date ?? "today"}`;
  switch (dashboard.kind) {
    case "away":
      return <LiveFrame viewKey={viewKey} live={false} away now={now} />;
    case "no_facility":
      return (
        <LiveFrame viewKey={viewKey} live away={false} now={now}>
          <FirstSteps origin={origin} />
        </LiveFrame>
      );
    case "unknown_facility":
      return <BadAddress refused="facility" given={view.facility ?? ""} reason="" />;
    case "day":
      return (
        <LiveFrame viewKey={viewKey} live={dashboard.isToday} away={false} now={now}>
          <Day day={dashboard} view={view} now={context.now} origin={origin} />
        </LiveFrame>
      );
  }
}

/** The address under which this browser reaches the server, for commands to copy. */
async function ownOrigin(): Promise<string> {
  const given = await headers();
  const scheme =
    given.get("x-forwarded-proto")?.split(",")[0]?.trim() === "https" ? "https" : "http";
  return `${scheme}://${given.get("host") ?? "localhost:3000"}`;
}
