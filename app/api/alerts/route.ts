import { z } from "zod";
import { endpoint } from "@/app/api/_http/endpoint";
import { pageAnswer, pageParams } from "@/app/api/_http/paging";
import { QueryFlag } from "@/lib/domain/values/filters";
import { AlertFilterParams } from "@/lib/server/alerts/alert-filters";
import { AlertCursor, readAlerts } from "@/lib/server/alerts/read-alerts";
import { resolveScope } from "@/lib/server/scope/resolve-scope";

const Query = z.object({
  ...AlertFilterParams,
  ...pageParams(AlertCursor),
  active: QueryFlag.optional(),
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/alerts", {
  GET: async ({ request, context, query }) => {
    const { facility, zone, device, ...filters } = query(Query);
    const scope = await resolveScope(context, { facility, zone, device });
    return pageAnswer(request, await readAlerts(context, { ...scope, ...filters }));
  },
});
