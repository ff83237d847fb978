"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import { ColumnHeads } from "@/app/_ui/column-heads";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { FaultNote } from "@/app/_ui/fault-note";
import { Moment } from "@/app/_ui/moment";
import records from "@/app/_ui/records.module.css";
import { tellOtherTabsOfSignOut } from "@/app/_ui/session-events";
import { StateMark } from "@/app/_ui/state-mark";
import { useChange } from "@/app/_ui/use-change";
import { useFocusKept } from "@/app/_ui/use-focus-kept";
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
      <table className={records.table}>
        <ColumnHeads names={["Browser", "Address", "Started", "Last seen", "Actions"]} />
        <tbody>
          {sessions.map((session) => (
            <Row
              key={session.id}
              session={session}
              current={session.id === currentId}
              now={now}
              busy={busy}
              onEnd={() => end(session)}
            />
          ))}
        </tbody>
      </table>
      <FaultNote fault={fault} />
      <EndAll count={sessions.length} />
    </>
  );
}

type RowProps = {
  session: OwnSession;
  current: boolean;
  now: number;
  busy: boolean;
  onEnd: () => void;
};

function Row({ session, current, now, busy, onEnd }: RowProps) {
  const { address, user_agent, created_at, last_seen_at } = session;
  const browser = browserInWords(user_agent);
  return (
    <tr>
      <th scope="row">
        {browser}
        {current ? (
          <span className={records.sub}>
            <StateMark tone="good" icon="ok">
              This session
            </StateMark>
          </span>
        ) : null}
      </th>
      <td data-label="Address">{address ?? <span className={records.quiet}>Unknown</span>}</td>
      <td data-label="Started">
        <Moment iso={created_at} now={now} />
      </td>
      <td data-label="Last seen">
        <Moment iso={last_seen_at} now={now} />
      </td>
      <td className={records.wide}>
        <div className={records.actions}>
          <Button
            size="xs"
            variant="default"
            disabled={busy}
            aria-label={current ? "End this session" : `End the session in ${browser}`}
            onClick={onEnd}
          >
            End
          </Button>
        </div>
      </td>
    </tr>
  );
}

function EndAll({ count }: { count: number }) {
  const [asking, setAsking] = useState(false);
  const { send, busy, fault } = useChange();
  const endAll = async () => {
    if (await send("DELETE", "/api/profile/sessions")) leave();
  };
  return (
    <div className={classes.all}>
      <Button variant="default" onClick={() => setAsking(true)}>
        Sign out everywhere
      </Button>
      Do this if you lost a device or don’t recognize a session. Then change your password.
      <ConfirmDialog
        title="Sign out everywhere?"
        opened={asking}
        onClose={() => setAsking(false)}
        action="Sign out everywhere"
        busy={busy}
        fault={fault}
        onConfirm={endAll}
      >
        <p>
          {count === 1 ? "Your session ends" : `All ${count} sessions end`} at once, this one too;
          you need to sign in again.
        </p>
      </ConfirmDialog>
    </div>
  );
}

/** Without a session there is only sign-in; a full load forgets what this page has shown. */
function leave(): void {
  tellOtherTabsOfSignOut();
  window.location.assign("/sign-in");
}
