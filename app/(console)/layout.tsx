import "@mantine/notifications/styles.layer.css";
import { LiveProvider } from "@/app/_live/live-provider";
import { signedInViewer } from "@/app/_session/open-page";
import { SessionEnd } from "@/app/_session/session-end";
import { Brand } from "@/app/_ui/brand";
import { ColorSchemeToggle } from "@/app/_ui/color-scheme-toggle";
import { Toasts } from "@/app/_ui/dialogs/toast";
import type { Session } from "@/lib/server/sessions/read-session";
import { ConnectionNote } from "./_components/connection-note";
import { FacilitySwitcher } from "./_components/facility-switcher";
import { Navigation } from "./_components/navigation";
import { FACILITY_PAGES, pagesToFind, partsFor } from "./_components/pages";
import { PaletteButton } from "./_components/palette/palette-button";
import { ServerAwayNote } from "./_components/server-away-note";
import { AlertSignal } from "./_components/signal/alert-signal";
import { UserMenu } from "./_components/user-menu";
import classes from "./layout.module.css";
import { livePosition, readFacilityNames } from "./read-frame";

/** The frame of all pages that need a session; while the database is away no one knows whose. */
export default async function ConsoleLayout({ children }: { children: React.ReactNode }) {
  // Taken before anything is read: what happens after it, the live stream tells.
  const position = livePosition();
  const viewer = await signedInViewer();
  const facilities = viewer ? await readFacilityNames() : null;
  const role = viewer?.session.user.role;
  return (
    <LiveProvider position={position} now={Date.now()} facilities={facilities ?? []}>
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      <header className={classes.header}>
        <div className={classes.bar}>
          <Brand />
          {role ? <Navigation parts={partsFor(role)} /> : null}
          <div className={classes.tools}>
            {role ? <PaletteButton pages={pagesToFind(role)} /> : null}
            <ColorSchemeToggle />
            {viewer ? <UserMenu {...shownOf(viewer.session)} /> : null}
          </div>
        </div>
        <div className={classes.context}>
          {facilities ? <FacilitySwitcher facilities={facilities} pages={FACILITY_PAGES} /> : null}
          {viewer ? <ConnectionNote /> : null}
        </div>
      </header>
      <main id="main" className={classes.main}>
        {children}
      </main>
      {viewer ? <AlertSignal /> : null}
      <Toasts />
      <ServerAwayNote />
      <SessionEnd />
    </LiveProvider>
  );
}

/** What the menu shows of a user; the browser gets nothing else of the session. */
function shownOf({ user: { name, email, role, reach } }: Session) {
  const facilityCount = reach.kind === "facilities" ? reach.ids.length : null;
  return { name, email, role, facilityCount };
}
