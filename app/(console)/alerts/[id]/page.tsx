import { Skeleton } from "@mantine/core";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { openPage } from "@/app/_session/open-page";
import { ALERT_TYPE_NAMES } from "@/app/_ui/alert-words";
import { DatabaseAway } from "@/app/_ui/database-away";
import { PageHead } from "@/app/_ui/page-head";
import { Panel } from "@/app/_ui/panel";
import { may } from "@/lib/domain/access";
import { readOrAway } from "../../read-or-away";
import { AlertActions } from "../_components/alert-actions";
import { AlertFacts } from "../_components/alert-facts";
import { AlertReadings } from "../_components/alert-readings";
import { AlertTimeline } from "../_components/alert-timeline";
import { Clock } from "../_components/clock";
import { OtherAlerts } from "../_components/other-alerts";
import classes from "./alert.module.css";
import { loadAlert } from "./load-alert";

export const metadata: Metadata = { title: "Alert" };

type AlertPageProps = {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ facility?: string | string[] }>;
};

/** One alert: what happened, who did what, and the readings around it. */
export default async function AlertPage({ params, searchParams }: AlertPageProps) {
  const opened = await openPage("/alerts/[id]");
  const { id } = await params;
  const { facility: kept } = await searchParams;
  const read =
    opened && (await readOrAway(async () => ({ it: await loadAlert(opened.context, id) })));
  if (!opened || !read) return <DatabaseAway />;
  if (!read.it) notFound();
  const { alert, facility } = read.it;
  const { context, session } = opened;
  const query = typeof kept === "string" ? `?facility=${encodeURIComponent(kept)}` : "";
  const viewer = {
    name: session.user.email,
    mayAcknowledge: may({ kind: "user", role: session.user.role }, "alerts.acknowledge"),
  };
  return (
    <Clock now={context.now.getTime()}>
      <p className={classes.back}>
        <Link href={`/alerts${query}`} prefetch={false}>
          All alerts
        </Link>
      </p>
      <PageHead
        title={`${ALERT_TYPE_NAMES[alert.alert_type]} at ${alert.device_code}`}
        actions={<AlertActions alert={alert} viewer={viewer} readAt={context.now.toISOString()} />}
      >
        {alert.message}
      </PageHead>
      <div className={classes.columns}>
        <Panel id="facts" title="What happened">
          <AlertFacts alert={alert} facility={facility} query={query} />
        </Panel>
        <Panel id="timeline" title="Timeline" aside={facility.time_zone}>
          <AlertTimeline entries={alert.timeline} timeZone={facility.time_zone} />
        </Panel>
      </div>
      <div className={classes.parts}>
        <Suspense fallback={<Skeleton height={380} />}>
          <AlertReadings context={context} alert={alert} timeZone={facility.time_zone} />
        </Suspense>
        <Suspense fallback={<Skeleton height={180} />}>
          <OtherAlerts context={context} alert={alert} facility={facility} query={query} />
        </Suspense>
      </div>
    </Clock>
  );
}
