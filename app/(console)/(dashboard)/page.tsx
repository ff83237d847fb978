import type { Metadata } from "next";
import { consolePage } from "@/app/_session/console-page";
import { originOfPage } from "@/app/_session/open-page";
import { BadAddress } from "./_components/bad-address";
import { Checklist } from "./_components/checklist/checklist";
import { FirstSteps } from "./_components/checklist/first-steps";
import { Day } from "./_components/day";
import { LiveFrame } from "./_components/live-frame";
import { loadDashboard } from "./load";
import { type DashboardView, dashboardView } from "./view";

export const metadata: Metadata = { title: "Dashboard" };

/** The day of one facility, or of all of them. */
export default consolePage("/", {
  view: dashboardView,
  load: loadDashboard,
  nowhere: (named) => <BadAddress {...named} />,
  away: (view) => <LiveFrame viewKey={keyOf(view)} live={false} away now={Date.now()} />,
  async show({ context, session, view, loaded }) {
    const { day } = loaded;
    const origin = await originOfPage();
    const user = { kind: "user" as const, ...session.user };
    const checklist = loaded.checklist ? (
      <Checklist loaded={loaded.checklist} user={user} origin={origin} />
    ) : null;
    return (
      <LiveFrame
        viewKey={keyOf(view)}
        live={day === null || day.phase === "today"}
        away={false}
        now={context.now.getTime()}
      >
        {day === null ? (
          <FirstSteps origin={origin} checklist={checklist} />
        ) : (
          <Day {...{ day, view, origin, checklist, user, now: context.now }} />
        )}
      </LiveFrame>
    );
  },
});

/** Content of another key is never shown in place of this view's. */
const keyOf = ({ facility, zone, date }: DashboardView) =>
  [facility ?? "all", zone ?? "all", date ?? "today"].join("/");
