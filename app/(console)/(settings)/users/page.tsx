import type { Metadata } from "next";
import { consolePage } from "@/app/_session/console-page";
import { originOfPage } from "@/app/_session/open-page";
import { PageHead } from "@/app/_ui/page-head";
import { Panel } from "@/app/_ui/panel";
import { counted } from "@/app/_ui/words/figures";
import { InviteUser } from "./_components/invite-user";
import { UserList } from "./_components/user-list";
import { loadUsers } from "./load";

export const metadata: Metadata = { title: "Users" };

/** Everybody who may sign in. */
export default consolePage("/users", {
  load: loadUsers,
  async show({ context, session, loaded: { users, facilities, keys } }) {
    const origin = await originOfPage();
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
            ownId={session.user.id}
            now={context.now.getTime()}
            origin={origin}
          />
        </Panel>
      </>
    );
  },
});
