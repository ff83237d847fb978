import type { Metadata } from "next";
import { headers } from "next/headers";
import { openPage } from "@/app/_session/open-page";
import { DatabaseAway } from "@/app/_ui/database-away";
import { PageHead } from "@/app/_ui/page-head";
import { QueryNavigation } from "@/app/_ui/query-navigation";
import { readOrAway } from "@/app/(console)/read-or-away";
import { originOf } from "@/lib/server/auth/request-facts";
import type { Context } from "@/lib/server/context";
import { listFacilities } from "@/lib/server/facilities/read-facilities";
import { listKeys } from "@/lib/server/keys/read-keys";
import { listZones } from "@/lib/server/zones/read-zones";
import { KeyList } from "./_components/key-list";
import { NewKey } from "./_components/new-key";
import { parseSearch } from "./search";

export const metadata: Metadata = { title: "Keys" };

/** The keys that the user who looks may manage. */
export default async function KeysPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const opened = await openPage("/keys");
  const read = opened && (await readOrAway(() => readAll(opened.context)));
  if (!opened || !read) return <DatabaseAway />;
  const given = await headers();
  const origin = originOf((name) => given.get(name));
  const { keys, estate } = read;
  return (
    <>
      <PageHead title="Keys" actions={<NewKey estate={estate} origin={origin} />}>
        Devices, gateways and scripts send a key with every request. Create one for each, so that
        you can change or revoke it without affecting the others.
      </PageHead>
      <QueryNavigation>
        <KeyList
          keys={keys}
          search={parseSearch((await searchParams).search)}
          now={opened.context.now.getTime()}
          origin={origin}
        />
      </QueryNavigation>
    </>
  );
}

async function readAll(context: Context) {
  const [keys, facilities, zones] = await Promise.all([
    listKeys(context),
    listFacilities(context, { retired: false }),
    listZones(context, { retired: false }),
  ]);
  const estate = {
    whole: context.actor.reach.kind === "all",
    facilities: facilities.rows.map(({ id, code, name }) => ({ id, code, name })),
    zones: zones.rows.map(({ id, code, name, facility_id }) => ({ id, code, name, facility_id })),
  };
  return { keys, estate };
}
