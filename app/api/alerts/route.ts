import { z } from "zod";
import { endpoint } from "@/app/api/_http/endpoint";
import { pageAnswer, pageParams } from "@/app/api/_http/paging";
import { ALERT_SEVERITIES, ALERT_TYPES } from "@/lib/domain/alerting";
import { Code } from "@/lib/domain/fields";
import { QueryFlag } from "@/lib/domain/filters";
import { BoundText } from "@/lib/server/alerts/created-between";
import { AlertCursor, readAlerts } from "@/lib/server/alerts/read-alerts";
import { resolveScope, ScopeParams } from "@/lib/server/scope/resolve-scope";

const Query = z.object({
  ...ScopeParams,
  device: Code.optional(),
  ...pageParams(AlertCursor),
  active: QueryFlag.optional(),
  severity: z.enum(ALERT_SEVERITIES, "Must be INFO, WARNING or CRITICAL.").optional(),
  type: z.enum(ALERT_TYPES, `Must be one of ${ALERT_TYPES.join(", ")}.`).optional(),
  from: BoundText.optional(),
  to: BoundText.optional(),
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/alerts", {
  GET: async ({ request, context, query }) => {
    const { facility, zone, device, ...filters } = query(Query);
    const scope = await resolveScope(context, { facility, zone, device });
    return pageAnswer(request, await readAlerts(context, { ...scope, ...filters }));
  },
});
