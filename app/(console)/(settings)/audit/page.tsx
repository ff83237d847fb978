import { Button } from "@mantine/core";
import type { Metadata } from "next";
import { consolePage } from "@/app/_session/console-page";
import { QueryNavigation } from "@/app/_ui/addresses/query-navigation";
import { PageHead } from "@/app/_ui/page-head";
import { Panel } from "@/app/_ui/panel";
import { afterPaging } from "@/app/_ui/tables/after-paging";
import { Paging } from "@/app/_ui/tables/paging";
import { figure } from "@/app/_ui/words/figures";
import { AuditFilterFields } from "./_components/audit-filters";
import { AuditList } from "./_components/audit-list";
import { ENTRIES_PER_PAGE, loadAudit } from "./load";
import { auditFileAddress, auditView } from "./view";

export const metadata: Metadata = { title: "Audit log" };

/** Who did what, newest first. */
export default consolePage("/audit", {
  view: auditView,
  load: loadAudit,
  show({ context, view: { after, ...filters }, loaded: { entries, facilityNames } }) {
    const filtered = Object.values(filters).some((filter) => filter !== undefined);
    const download = (
      <Button component="a" variant="default" href={auditFileAddress(filters)} download>
        Download CSV
      </Button>
    );
    return (
      <>
        <PageHead title="Audit log" actions={download}>
          Every change and every sign-in: who, when and from where. Entries can’t be changed or
          deleted. Times and dates are in UTC.
        </PageHead>
        <QueryNavigation>
          <Panel
            id="audit"
            title="Entries"
            aside={`${figure(entries.total)} ${entries.total === 1 ? "entry" : "entries"}${filtered ? " match" : ""}`}
          >
            <AuditFilterFields {...filters} />
            <AuditList
              rows={entries.rows}
              filtered={filtered}
              facilityNames={facilityNames}
              now={context.now.getTime()}
            />
            <Paging label="Pages of entries" {...afterPaging(after, entries, ENTRIES_PER_PAGE)} />
          </Panel>
        </QueryNavigation>
      </>
    );
  },
});
