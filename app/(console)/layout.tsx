import { signedInViewer } from "@/app/_session/open-page";
import { Brand } from "@/app/_ui/brand";
import { ColorSchemeToggle } from "@/app/_ui/color-scheme-toggle";
import { mayOpen, type PagePath, type Role } from "@/lib/domain/access";
import type { Session } from "@/lib/server/sessions/read-session";
import { Navigation } from "./_components/navigation";
import { UserMenu } from "./_components/user-menu";
import classes from "./layout.module.css";

const PAGES = [
  { path: "/", name: "Dashboard" },
  { path: "/keys", name: "Keys" },
  { path: "/users", name: "Users" },
  { path: "/audit", name: "Audit log" },
] as const satisfies { path: PagePath; name: string }[];

/** The frame of all pages that need a session; while the database is away nobody knows whose. */
export default async function ConsoleLayout({ children }: { children: React.ReactNode }) {
  const viewer = await signedInViewer();
  return (
    <>
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      <header className={classes.header}>
        <div className={classes.bar}>
          <Brand />
          {viewer ? <Navigation pages={pagesFor(viewer.session.user.role)} /> : null}
          <div className={classes.tools}>
            <ColorSchemeToggle />
            {viewer ? <UserMenu {...shownOf(viewer.session)} /> : null}
          </div>
        </div>
      </header>
      <main id="main" className={classes.main}>
        {children}
      </main>
    </>
  );
}

const pagesFor = (role: Role) => PAGES.filter(({ path }) => mayOpen({ kind: "user", role }, path));

/** What the menu shows of a user; the browser gets nothing else of the session. */
function shownOf({ user: { name, email, role, reach } }: Session) {
  const facilityCount = reach.kind === "facilities" ? reach.ids.length : null;
  return { name, email, role, facilityCount };
}
