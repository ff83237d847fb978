import { z } from "zod";
import { downloadAnswer } from "@/app/api/_http/download";
import { endpoint } from "@/app/api/_http/endpoint";
import { LocalDate } from "@/lib/domain/values/fields";
import { readUsage } from "@/lib/server/reports/read-usage";
import { MEDIA_TYPE, USAGE_FORMATS, usageFile } from "@/lib/server/reports/usage-file";
import { resolveScope, ScopeParams } from "@/lib/server/scope/resolve-scope";

const Query = z.object({
  date_from: LocalDate,
  date_to: LocalDate,
  ...ScopeParams,
  format: z.enum(USAGE_FORMATS, "Must be csv or json.").default("csv"),
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/reports/usage", {
  GET: async ({ context, query }) => {
    const { date_from, date_to, format, ...place } = query(Query);
    const scope = await resolveScope(context, place);
    const [from, to] = [date_from, date_to].sort() as [string, string];
    return downloadAnswer({
      filename: `usage_${from}_${to}.${format}`,
      mediaType: MEDIA_TYPE[format],
      text: usageFile(readUsage(context, { from, to, ...scope }), format),
    });
  },
});
