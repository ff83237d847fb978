import { ColumnHeads } from "@/app/_ui/column-heads";
import { Moment } from "@/app/_ui/moment";
import records from "@/app/_ui/records.module.css";
import { StateMark } from "@/app/_ui/state-mark";
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

const COLUMNS = ["User", "Status", "Role", "Facilities", "Last sign-in", "Link", "Actions"];

export function UserList(props: UserListProps) {
  const { users, facilities } = props;
  const names = new Map(facilities.map(({ id, name }) => [id, name]));
  return (
    <>
      <table className={records.table}>
        <ColumnHeads names={COLUMNS} />
        <tbody>
          {users.map((user) => (
            <Row key={user.id} user={user} names={names} {...props} />
          ))}
        </tbody>
      </table>
      {users.length === 1 ? (
        <p className={records.empty}>
          You are the only user. Invite your colleagues with “Invite user”.
        </p>
      ) : null}
    </>
  );
}

type RowProps = UserListProps & { user: User; names: Map<number, string> };

function Row({ user, names, facilities, keys, ownId, now, origin }: RowProps) {
  const { id, name, email, role, facility_ids, last_sign_in_at, invited_until } = user;
  return (
    <tr data-over={user.status === "disabled" ? true : undefined}>
      <th scope="row">
        {name}
        {id === ownId ? <span className={records.quiet}> (you)</span> : null}
        <span className={records.sub}>{email}</span>
      </th>
      <td data-label="Status">
        <Status status={user.status} />
      </td>
      <td data-label="Role">{role}</td>
      <td data-label="Facilities">
        {facility_ids === null
          ? "All"
          : facility_ids.map((one) => names.get(one) ?? one).join(", ") || "None"}
      </td>
      <td data-label="Last sign-in">
        {last_sign_in_at ? (
          <Moment iso={last_sign_in_at} now={now} />
        ) : (
          <span className={records.quiet}>Never</span>
        )}
      </td>
      <td data-label="Link">
        {invited_until ? (
          <>
            expires <Moment iso={invited_until} now={now} />
          </>
        ) : (
          <span className={records.quiet}>None</span>
        )}
      </td>
      <td className={records.wide}>
        <UserActions
          user={user}
          facilities={facilities}
          keys={keys.filter((key) => key.user_id === id)}
          own={id === ownId}
          origin={origin}
        />
      </td>
    </tr>
  );
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
