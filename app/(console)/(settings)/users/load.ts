import type { OpenedPage } from "@/app/_session/open-page";
import { listFacilities } from "@/lib/server/facilities/read-facilities";
import { keysMadeBy } from "@/lib/server/keys/keys-made-by";
import { listUsers } from "@/lib/server/users/read-users";

export async function loadUsers({ context }: OpenedPage) {
  const [users, facilities, keys] = await Promise.all([
    listUsers(context),
    listFacilities(context, {}),
    keysMadeBy(context),
  ]);
  return { users, facilities: facilities.rows.map(({ id, name }) => ({ id, name })), keys };
}
