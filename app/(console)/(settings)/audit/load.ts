import type { OpenedPage } from "@/app/_session/open-page";
import { readAudit } from "@/lib/server/audit/read-audit";
import { listFacilities } from "@/lib/server/facilities/read-facilities";
import type { AuditView } from "./view";

export const ENTRIES_PER_PAGE = 50;

/** Who did what, newest first. */
export async function loadAudit({ context }: OpenedPage, { after, ...filters }: AuditView) {
  const last = after.at(-1);
  const cursor = last === undefined ? undefined : Number(last);
  const [entries, facilities] = await Promise.all([
    readAudit(context, { ...filters, limit: ENTRIES_PER_PAGE, cursor }),
    listFacilities(context, {}),
  ]);
  return { entries, facilityNames: new Map(facilities.rows.map(({ id, name }) => [id, name])) };
}
