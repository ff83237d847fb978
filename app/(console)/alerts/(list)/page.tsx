import type { Metadata } from "next";
import Link from "next/link";
import { openPage } from "@/app/_session/open-page";
import { DatabaseAway } from "@/app/_ui/database-away";
import { Notice } from "@/app/_ui/notice";
import { PageHead } from "@/app/_ui/page-head";
import { QueryNavigation } from "@/app/_ui/query-navigation";
import { may } from "@/lib/domain/access";
import { SignalControl } from "../../_components/signal-control";
import { readOrAway } from "../../read-or-away";
import { AlertList } from "../_components/alert-list";
import { Clock } from "../_components/clock";
import { type PageQuery, parseAlertsView } from "./alerts-view";
import { ALERTS_INTRO } from "./intro";
import { loadAlerts } from "./load-alerts";

export const metadata: Metadata = { title: "Alerts" };

/** The alerts that the user who looks reaches, by state. */
export default async function AlertsPage({ searchParams }: { searchParams: Promise<PageQuery> }) {
  const opened = await openPage("/alerts");
  const view = parseAlertsView(await searchParams);
  const read =
    opened && (await readOrAway(async () => ({ it: await loadAlerts(opened.context, view) })));
  if (!opened || !read) return <DatabaseAway />;
  if (read.it === null) return <NoSuchFacility given={view.facility ?? ""} />;
  const { context, session } = opened;
  return (
    <Clock now={context.now.getTime()}>
      <PageHead title="Alerts" actions={<SignalControl />}>
        {ALERTS_INTRO}
      </PageHead>
      <QueryNavigation>
        <AlertList
          view={view}
          loaded={read.it}
          viewer={session.user.email}
          mayAcknowledge={may({ kind: "user", role: session.user.role }, "alerts.acknowledge")}
          readAt={context.now.toISOString()}
        />
      </QueryNavigation>
    </Clock>
  );
}

function NoSuchFacility({ given }: { given: string }) {
  return (
    <Notice title="No such facility">
      <p>
        No facility with the ID or code <q style={{ overflowWrap: "anywhere" }}>{given}</q> that you
        can access.
      </p>
      <p>
        <Link href="/alerts" prefetch={false}>
          Show the alerts of all facilities
        </Link>
      </p>
    </Notice>
  );
}
