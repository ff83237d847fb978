import type { Metadata } from "next";
import { consolePage } from "@/app/_session/console-page";
import { originOfPage } from "@/app/_session/open-page";
import { QueryNavigation } from "@/app/_ui/addresses/query-navigation";
import { PageHead } from "@/app/_ui/page-head";
import { KeyList } from "./_components/key-list";
import { NewKey } from "./_components/new-key";
import { loadKeys } from "./load";
import { keysView } from "./view";

export const metadata: Metadata = { title: "Keys" };

/** The keys that the user who looks may manage. */
export default consolePage("/keys", {
  view: keysView,
  load: loadKeys,
  async show({ context, view, loaded: { keys, estate } }) {
    const origin = await originOfPage();
    return (
      <>
        <PageHead title="Keys" actions={<NewKey estate={estate} origin={origin} />}>
          Devices, gateways and scripts send a key with every request. Create one for each, so that
          you can change or revoke it without affecting the others.
        </PageHead>
        <QueryNavigation>
          <KeyList
            keys={keys}
            search={view.search ?? ""}
            now={context.now.getTime()}
            origin={origin}
          />
        </QueryNavigation>
      </>
    );
  },
});
