import { z } from "zod";
import { endpoint } from "@/app/api/_http/endpoint";
import { pageAnswer, pageParams } from "@/app/api/_http/paging";
import { CONNECTIONS } from "@/lib/domain/devices/connection";
import { DEVICE_STATUSES } from "@/lib/domain/devices/health";
import { CodeText } from "@/lib/domain/values/fields";
import { Search } from "@/lib/domain/values/filters";
import { readDeviceStatuses } from "@/lib/server/devices/read-device-statuses";
import { resolveScope, ScopeParams } from "@/lib/server/scope/resolve-scope";

const Query = z.object({
  ...ScopeParams,
  ...pageParams(CodeText),
  search: Search.optional(),
  status: z.enum(DEVICE_STATUSES, "Must be OK, WARNING or CRITICAL.").optional(),
  connection: z.enum(CONNECTIONS, "Must be online, offline or never.").optional(),
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/devices/status", {
  GET: async ({ request, context, query }) => {
    const { facility, zone, ...filters } = query(Query);
    const scope = await resolveScope(context, { facility, zone });
    return pageAnswer(request, await readDeviceStatuses(context, { ...scope, ...filters }));
  },
});
