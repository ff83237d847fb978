import type { Metadata } from "next";
import { headers } from "next/headers";
import { openPage } from "@/app/_session/open-page";
import { DatabaseAway } from "@/app/_ui/database-away";
import { counted } from "@/app/_ui/figures";
import { PageHead } from "@/app/_ui/page-head";
import { Panel } from "@/app/_ui/panel";
import { readOrAway } from "@/app/(console)/read-or-away";
import { originOf } from "@/lib/server/auth/request-facts";
import type { Context } from "@/lib/server/context";
import { listFacilities } from "@/lib/server/facilities/read-facilities";
import { keysMadeBy } from "@/lib/server/keys/keys-made-by";
import { listUsers } from "@/lib/server/users/read-users";
import { InviteUser } from "./_components/invite-user";
import { UserList } from "./_components/user-list";

export const metadata: Metadata = { title: "Users" };

/** Everybody who may sign in. */
export default async function UsersPage() {
  const opened = await openPage("/users");
  const read = opened && (await readOrAway(() => readAll(opened.context)));
  if (!opened || !read) return <DatabaseAway />;
  const given = await headers();
  const origin = originOf((name) => given.get(name));
  const { users, facilities, keys } = read;
  return (
    <>
      <PageHead title="Users" actions={<InviteUser facilities={facilities} origin={origin} />}>
        Who can sign in, what they can do, and which facilities they can access.
      </PageHead>
      <Panel id="users" title="All users" aside={counted(users.length, "user")}>
        <UserList
          users={users}
          facilities={facilities}
          keys={keys}
          ownId={opened.session.user.id}
          now={opened.context.now.getTime()}
          origin={origin}
        />
      </Panel>
    </>
  );
}

async function readAll(context: Context) {
  const [users, facilities, keys] = await Promise.all([
    listUsers(context),
    listFacilities(context, {}),
    keysMadeBy(context),
  ]);
  return { users, facilities: facilities.rows.map(({ id, name }) => ({ id, name })), keys };
}
