import { ACTIONS, type Column, RecordTable } from "@/app/_ui/tables/record-table";
import records from "@/app/_ui/tables/records.module.css";
import { Moment } from "@/app/_ui/words/moment";
import { StateMark } from "@/app/_ui/words/state-mark";
import type { MadeKey } from "@/lib/server/keys/keys-made-by";
import type { User } from "@/lib/server/users/read-users";
import type { NamedFacility } from "./access-fields";
import { UserActions } from "./user-actions";

type UserListProps = {
  users: User[];
  facilities: NamedFacility[];
  /** The keys that still work, each with the user it goes back to. */
  keys: MadeKey[];
  /** The user who looks. */
  ownId: number;
  /** The server's clock, milliseconds since 1970. */
  now: number;
  origin: string;
};

export function UserList(props: UserListProps) {
  const { users } = props;
  return (
    <>
      <RecordTable
        rows={users}
        keyOf={({ id }) => id}
        marksOf={({ status }) => ({ "data-over": status === "disabled" ? true : undefined })}
        columns={columnsFor(props)}
      />
      {users.length === 1 ? (
        <p className={records.empty}>
          You are the only user. Invite your colleagues with “Invite user”.
        </p>
      ) : null}
    </>
  );
}

function columnsFor({ facilities, keys, ownId, now, origin }: UserListProps): Column<User>[] {
  const names = new Map(facilities.map(({ id, name }) => [id, name]));
  const quiet = (word: string) => <span className={records.quiet}>{word}</span>;
  return [
    {
      name: "User",
      names: true,
      cell: ({ id, name, email }) => (
        <>
          {name}
          {id === ownId ? quiet(" (you)") : null}
          <span className={records.sub}>{email}</span>
        </>
      ),
    },
    { name: "Status", cell: ({ status }) => <Status status={status} /> },
    { name: "Role", cell: ({ role }) => role },
    {
      name: "Facilities",
      cell: ({ facility_ids: ids }) =>
        ids === null ? "All" : ids.map((id) => names.get(id) ?? id).join(", ") || "None",
    },
    {
      name: "Last sign-in",
      cell: ({ last_sign_in_at: at }) => (at ? <Moment iso={at} now={now} /> : quiet("Never")),
    },
    {
      name: "Link",
      cell: ({ invited_until: at }) =>
        at ? (
          <>
            expires <Moment iso={at} now={now} />
          </>
        ) : (
          quiet("None")
        ),
    },
    {
      ...ACTIONS,
      cell: (user) => (
        <UserActions
          user={user}
          facilities={facilities}
          keys={keys.filter((key) => key.user_id === user.id)}
          own={user.id === ownId}
          origin={origin}
        />
      ),
    },
  ];
}

function Status({ status }: Pick<User, "status">) {
  switch (status) {
    case "active":
      return (
        <StateMark tone="good" icon="ok">
          Active
        </StateMark>
      );
    case "invited":
      return (
        <StateMark tone="warning" icon="info">
          Invited
        </StateMark>
      );
    case "disabled":
      return (
        <StateMark tone="quiet" icon="away">
          Disabled
        </StateMark>
      );
  }
}
