import { Skeleton } from "@mantine/core";
import type { Metadata } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { consolePage } from "@/app/_session/console-page";
import { withQuery } from "@/app/_ui/addresses/query";
import { PageHead } from "@/app/_ui/page-head";
import { Panel } from "@/app/_ui/panel";
import { ALERT_TYPE_NAMES } from "@/app/_ui/words/alert-words";
import { may } from "@/lib/domain/access/access";
import { AlertActions } from "../_components/alert/alert-actions";
import { AlertFacts } from "../_components/alert/alert-facts";
import { AlertReadings } from "../_components/alert/alert-readings";
import { AlertTimeline } from "../_components/alert/alert-timeline";
import { OtherAlerts } from "../_components/alert/other-alerts";
import { alertsView } from "../(list)/view";
import classes from "./alert.module.css";
import { loadAlert } from "./load";

export const metadata: Metadata = { title: "Alert" };

/** One alert: what happened, who did what, and the readings around it. */
export default consolePage("/alerts/[id]", {
  // Of the list it keeps the facility.
  view: alertsView,
  load: loadAlert,
  show({ context, view: { facility: kept }, loaded: { alert, facility } }) {
    const query = withQuery("", { facility: kept });
    const viewer = {
      name: context.actor.name,
      mayAcknowledge: may(context.actor, "alerts.acknowledge"),
    };
    return (
      <>
        <p className={classes.back}>
          <Link href={alertsView.address({ facility: kept })} prefetch={false}>
            All alerts
          </Link>
        </p>
        <PageHead
          title={`${ALERT_TYPE_NAMES[alert.alert_type]} at ${alert.device_code}`}
          actions={
            <AlertActions alert={alert} viewer={viewer} readAt={context.now.toISOString()} />
          }
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
      </>
    );
  },
});
