import type { Metadata } from "next";
import { cookies, headers } from "next/headers";
import { type OpenedPage, openPage } from "@/app/_session/open-page";
import { readOrAway } from "@/app/(console)/read-or-away";
import { originOf } from "@/lib/server/auth/request-facts";
import { BadAddress } from "./_components/bad-address";
import { Checklist } from "./_components/checklist";
import { dismissalCookie } from "./_components/checklist-dismissal";
import { Day } from "./_components/day";
import { FirstSteps } from "./_components/first-steps";
import { LiveFrame } from "./_components/live-frame";
import { type PageQuery, parseDashboardView } from "./dashboard-view";
import { loadChecklist } from "./load-checklist";
import { loadDashboard } from "./load-dashboard";

export const metadata: Metadata = { title: "Dashboard" };

/** The day of one facility, or of all of them. */
export default async function DashboardPage({
  searchParams,
}: {
  searchParams: Promise<PageQuery>;
}) {
  const opened = await openPage("/");
  const parsed = parseDashboardView(await searchParams);
  if ("refused" in parsed) return <BadAddress {...parsed} />;
  const { view } = parsed;
  const viewKey = [view.facility ?? "all", view.zone ?? "all", view.date ?? "today"].join("/");
  const [dashboard, checklist] = opened
    ? await Promise.all([loadDashboard(opened.context, view), checklistOf(opened)])
    : [{ kind: "away" as const }, null];
  if (!opened || dashboard.kind === "away") {
    return <LiveFrame viewKey={viewKey} live={false} away now={Date.now()} />;
  }
  const { context, session } = opened;
  const now = context.now.getTime();
  const given = await headers();
  const origin = originOf((name) => given.get(name));
  switch (dashboard.kind) {
    case "no_facility":
      return (
        <LiveFrame viewKey={viewKey} live away={false} now={now}>
          <FirstSteps origin={origin} checklist={checklist} />
        </LiveFrame>
      );
    case "unknown_facility":
      return <BadAddress refused="facility" given={view.facility ?? ""} reason="" />;
    case "unknown_zone":
      return <BadAddress refused="zone" given={view.zone ?? ""} reason="" />;
    case "day":
      return (
        <LiveFrame viewKey={viewKey} live={dashboard.phase === "today"} away={false} now={now}>
          <Day
            day={dashboard}
            view={view}
            now={context.now}
            origin={origin}
            checklist={checklist}
            user={{ kind: "user", role: session.user.role }}
          />
        </LiveFrame>
      );
  }
}

/** The way to the first reading; null for who has dismissed it, and while the database is away. */
async function checklistOf({ context, session: { user } }: OpenedPage) {
  if ((await cookies()).has(dismissalCookie(user.id))) return null;
  const loaded = await readOrAway(() => loadChecklist(context));
  if (!loaded) return null;
  const given = await headers();
  const origin = originOf((name) => given.get(name));
  return <Checklist loaded={loaded} user={{ kind: "user", ...user }} origin={origin} />;
}
