import type { Metadata } from "next";
import { consolePage } from "@/app/_session/console-page";
import { QueryNavigation } from "@/app/_ui/addresses/query-navigation";
import { NoSuchPlace } from "@/app/_ui/notices/no-such-place";
import { PageHead } from "@/app/_ui/page-head";
import { may } from "@/lib/domain/access/access";
import { SignalControl } from "../../_components/signal/signal-control";
import { AlertList } from "../_components/list/alert-list";
import { ALERTS_INTRO } from "./intro";
import { loadAlerts } from "./load";
import { alertsView } from "./view";

export const metadata: Metadata = { title: "Alerts" };

/** The alerts that the user who looks reaches, by state. */
export default consolePage("/alerts", {
  view: alertsView,
  load: loadAlerts,
  nowhere: ({ given }) => (
    <NoSuchPlace
      noun="facility"
      given={given}
      among=" that you can access"
      way={{ path: "/alerts", label: "Show the alerts of all facilities" }}
    />
  ),
  show: ({ context, view, loaded }) => (
    <>
      <PageHead title="Alerts" actions={<SignalControl />}>
        {ALERTS_INTRO}
      </PageHead>
      <QueryNavigation>
        <AlertList
          view={view}
          loaded={loaded}
          viewer={context.actor.name}
          mayAcknowledge={may(context.actor, "alerts.acknowledge")}
          readAt={context.now.toISOString()}
        />
      </QueryNavigation>
    </>
  ),
});
