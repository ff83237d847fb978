import type { Metadata } from "next";
import { openPage } from "@/app/_session/open-page";
import { DatabaseAway } from "@/app/_ui/database-away";
import { counted } from "@/app/_ui/figures";
import { PageHead } from "@/app/_ui/page-head";
import { Panel } from "@/app/_ui/panel";
import { readOrAway } from "@/app/(console)/read-or-away";
import type { Context } from "@/lib/server/context";
import { listFacilities } from "@/lib/server/facilities/read-facilities";
import { listOwnSessions } from "@/lib/server/sessions/list-sessions";
import { readProfile } from "@/lib/server/users/read-profile";
import { OwnSessions } from "./_components/own-sessions";
import { PasswordForm } from "./_components/password-form";
import { ProfileFacts } from "./_components/profile-facts";
import classes from "./profile.module.css";

export const metadata: Metadata = { title: "Profile" };

/** The user who looks: who they are, how they sign in, where they are signed in. */
export default async function ProfilePage() {
  const opened = await openPage("/profile");
  const read = opened && (await readOrAway(() => readAll(opened.context)));
  if (!opened || !read) return <DatabaseAway />;
  const { profile, sessions, facilities } = read;
  return (
    <>
      <PageHead title="Profile">Your account on this server.</PageHead>
      <div className={classes.columns}>
        <Panel id="you" title="You">
          <ProfileFacts profile={profile} facilities={facilities} />
        </Panel>
        <Panel id="password" title="Password">
          {profile.has_password ? (
            <PasswordForm email={profile.email} />
          ) : (
            <p className={classes.plain}>
              You sign in with your organisation’s OpenID provider. Change your password there.
            </p>
          )}
        </Panel>
      </div>
      <Panel id="sessions" title="Sessions" aside={counted(sessions.length, "session")}>
        <OwnSessions
          sessions={sessions}
          currentId={opened.session.id}
          now={opened.context.now.getTime()}
        />
      </Panel>
    </>
  );
}

async function readAll(context: Context) {
  const [profile, sessions, facilities] = await Promise.all([
    readProfile(context),
    listOwnSessions(context),
    listFacilities(context, {}),
  ]);
  return { profile, sessions, facilities: facilities.rows };
}
