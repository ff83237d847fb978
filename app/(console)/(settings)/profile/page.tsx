import type { Metadata } from "next";
import { consolePage } from "@/app/_session/console-page";
import { PageHead } from "@/app/_ui/page-head";
import { Panel } from "@/app/_ui/panel";
import { counted } from "@/app/_ui/words/figures";
import { OwnSessions } from "./_components/own-sessions";
import { PasswordForm } from "./_components/password-form";
import { ProfileFacts } from "./_components/profile-facts";
import { loadProfile } from "./load";
import classes from "./profile.module.css";

export const metadata: Metadata = { title: "Profile" };

/** The user who looks: who they are, how they sign in, where they are signed in. */
export default consolePage("/profile", {
  load: loadProfile,
  show: ({ context, session, loaded: { profile, sessions, facilities } }) => (
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
        <OwnSessions sessions={sessions} currentId={session.id} now={context.now.getTime()} />
      </Panel>
    </>
  ),
});
