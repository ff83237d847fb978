"use client";

import { Button } from "@mantine/core";
import { DialogButton } from "@/app/_ui/dialogs/dialog";
import { useFocusKept } from "@/app/_ui/dialogs/use-focus-kept";
import { DialogForm } from "@/app/_ui/forms/dialog-form";
import { FaultNote } from "@/app/_ui/forms/fault-note";
import { useChange } from "@/app/_ui/forms/use-change";
import { tellOtherTabsOfSignOut } from "@/app/_ui/session-events";
import { ACTIONS, RecordTable } from "@/app/_ui/tables/record-table";
import records from "@/app/_ui/tables/records.module.css";
import { Moment } from "@/app/_ui/words/moment";
import { StateMark } from "@/app/_ui/words/state-mark";
import type { OwnSession } from "@/lib/server/sessions/list-sessions";
import { browserInWords } from "./browser-in-words";
import classes from "./forms.module.css";

type OwnSessionsProps = {
  sessions: OwnSession[];
  /** The session that looks. */
  currentId: number;
  /** The server's clock, milliseconds since 1970. */
  now: number;
};

/** Where the user is signed in; each session can be ended from here. */
export function OwnSessions({ sessions, currentId, now }: OwnSessionsProps) {
  const { send, busy, fault } = useChange();
  useFocusKept(sessions.length);
  const end = async ({ id }: OwnSession) => {
    const ended = await send("DELETE", `/api/profile/sessions/${id}`);
    if (ended && id === currentId) leave();
  };
  return (
    <>
      <RecordTable
        rows={sessions}
        keyOf={({ id }) => id}
        columns={[
          {
            name: "Browser",
            names: true,
            cell: (session) => <Browser session={session} current={session.id === currentId} />,
          },
          {
            name: "Address",
            cell: ({ address }) => address ?? <span className={records.quiet}>Unknown</span>,
          },
          { name: "Started", cell: ({ created_at }) => <Moment iso={created_at} now={now} /> },
          {
            name: "Last seen",
            cell: ({ last_seen_at }) => <Moment iso={last_seen_at} now={now} />,
          },
          {
            ...ACTIONS,
            cell: (session) => (
              <EndButton
                session={session}
                current={session.id === currentId}
                busy={busy}
                onEnd={() => end(session)}
              />
            ),
          },
        ]}
      />
      <FaultNote fault={fault} />
      <EndAll count={sessions.length} />
    </>
  );
}

type SessionProps = { session: OwnSession; current: boolean };

function Browser({ session, current }: SessionProps) {
  return (
    <>
      {browserInWords(session.user_agent)}
      {current ? (
        <span className={records.sub}>
          <StateMark tone="good" icon="ok">
            This session
          </StateMark>
        </span>
      ) : null}
    </>
  );
}

type EndButtonProps = SessionProps & { busy: boolean; onEnd: () => void };

function EndButton({ session, current, busy, onEnd }: EndButtonProps) {
  const what = current ? "this session" : `the session in ${browserInWords(session.user_agent)}`;
  return (
    <div className={records.actions}>
      <Button
        size="xs"
        variant="default"
        disabled={busy}
        aria-label={`End ${what}`}
        onClick={onEnd}
      >
        End
      </Button>
    </div>
  );
}

function EndAll({ count }: { count: number }) {
  return (
    <div className={classes.all}>
      <DialogButton action="Sign out everywhere" title="Sign out everywhere?">
        {(close) => <EndAllForm count={count} onClose={close} />}
      </DialogButton>
      Do this if you lost a device or don’t recognize a session. Then change your password.
    </div>
  );
}

function EndAllForm({ count, onClose }: { count: number; onClose: () => void }) {
  const { send, ...change } = useChange();
  const submit = async () => {
    if (await send("DELETE", "/api/profile/sessions")) leave();
  };
  return (
    <DialogForm
      form={{ ...change, submit }}
      action="Sign out everywhere"
      focused="cancel"
      onClose={onClose}
    >
      <p>
        {count === 1 ? "Your session ends" : `All ${count} sessions end`} at once, this one too; you
        need to sign in again.
      </p>
    </DialogForm>
  );
}

/** Without a session there is only sign-in; a full load forgets what this page has shown. */
function leave(): void {
  tellOtherTabsOfSignOut();
  window.location.assign("/sign-in");
}
