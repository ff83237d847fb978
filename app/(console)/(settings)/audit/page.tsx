import { Button } from "@mantine/core";
import type { Metadata } from "next";
import { openPage } from "@/app/_session/open-page";
import { afterPaging } from "@/app/_ui/after-paging";
import { DatabaseAway } from "@/app/_ui/database-away";
import { figure } from "@/app/_ui/figures";
import { PageHead } from "@/app/_ui/page-head";
import { Paging } from "@/app/_ui/paging";
import { Panel } from "@/app/_ui/panel";
import { QueryNavigation } from "@/app/_ui/query-navigation";
import { readOrAway } from "@/app/(console)/read-or-away";
import { readAudit } from "@/lib/server/audit/read-audit";
import type { Context } from "@/lib/server/context";
import { listFacilities } from "@/lib/server/facilities/read-facilities";
import { AuditFilterFields } from "./_components/audit-filters";
import { AuditList } from "./_components/audit-list";
import { type AuditView, auditFileAddress, parseAuditView } from "./audit-view";

export const metadata: Metadata = { title: "Audit log" };

const ENTRIES_PER_PAGE = 50;

/** Who did what, newest first. */
export default async function AuditPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const opened = await openPage("/audit");
  const view = parseAuditView(await searchParams);
  const read = opened && (await readOrAway(() => readAll(opened.context, view)));
  if (!opened || !read) return <DatabaseAway />;
  const { entries, facilityNames } = read;
  const { after, ...filters } = view;
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
            now={opened.context.now.getTime()}
          />
          <Paging label="Pages of entries" {...afterPaging(after, entries, ENTRIES_PER_PAGE)} />
        </Panel>
      </QueryNavigation>
    </>
  );
}

async function readAll(context: Context, { after, ...filters }: AuditView) {
  const last = after.at(-1);
  const cursor = last === undefined ? undefined : Number(last);
  const [entries, facilities] = await Promise.all([
    readAudit(context, { ...filters, limit: ENTRIES_PER_PAGE, cursor }),
    listFacilities(context, {}),
  ]);
  return { entries, facilityNames: new Map(facilities.rows.map(({ id, name }) => [id, name])) };
}
