import { Skeleton } from "@mantine/core";
import { PageHead } from "@/app/_ui/page-head";
import { Panel } from "@/app/_ui/panel";
import { ALERTS_INTRO } from "./intro";

const ROWS = ["1", "2", "3", "4", "5", "6", "7", "8"];

/** The shape of the page while its alerts are read. */
export default function Loading() {
  return (
    <div role="status" aria-label="Loading the alerts">
      <PageHead title="Alerts" actions={<Skeleton height={36} width={210} />}>
        {ALERTS_INTRO}
      </PageHead>
      <Panel id="alerts" title="Open alerts">
        <Skeleton height={40} mb={14} />
        <Skeleton height={62} mb={8} />
        {ROWS.map((row) => (
          <Skeleton key={row} height={58} mt={8} />
        ))}
      </Panel>
    </div>
  );
}
