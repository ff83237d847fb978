import type { OpenedPage } from "@/app/_session/open-page";
import { listFacilities } from "@/lib/server/facilities/read-facilities";
import { listOwnSessions } from "@/lib/server/sessions/list-sessions";
import { readProfile } from "@/lib/server/users/read-profile";

export async function loadProfile({ context }: OpenedPage) {
  const [profile, sessions, facilities] = await Promise.all([
    readProfile(context),
    listOwnSessions(context),
    listFacilities(context, {}),
  ]);
  return { profile, sessions, facilities: facilities.rows };
}
