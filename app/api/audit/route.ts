import { z } from "zod";
import { downloadAnswer } from "@/app/api/_http/download";
import { endpoint } from "@/app/api/_http/endpoint";
import { pageAnswer, pageParams } from "@/app/api/_http/paging";
import { LocalDate } from "@/lib/domain/values/fields";
import { Search } from "@/lib/domain/values/filters";
import { auditFile } from "@/lib/server/audit/audit-file";
import { AuditCursor, exportAudit, readAudit } from "@/lib/server/audit/read-audit";

const Query = z.object({
  ...pageParams(AuditCursor),
  search: Search.optional(),
  action: Search.optional(),
  from: LocalDate.optional(),
  to: LocalDate.optional(),
  format: z.enum(["json", "csv"], "Must be json or csv.").default("json"),
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/audit", {
  GET: async ({ request, context, query }) => {
    const { format, ...filters } = query(Query);
    if (format === "json") return pageAnswer(request, await readAudit(context, filters));
    const text = auditFile(exportAudit(context, filters));
    const mediaType = "text/csv; charset=utf-8; header=present";
    return downloadAnswer({ filename: "audit.csv", mediaType, text });
  },
});
