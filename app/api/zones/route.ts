import { z } from "zod";
import { endpoint } from "@/app/api/_http/endpoint";
import { pageAnswer, pageParams } from "@/app/api/_http/paging";
import { ZoneMessage } from "@/lib/domain/estate/zone";
import { CodeCursor, ListParams } from "@/lib/domain/values/paging";
import { ScopeParams } from "@/lib/server/scope/resolve-scope";
import { createZone } from "@/lib/server/zones/create-zone";
import { listZones } from "@/lib/server/zones/read-zones";

const Query = z.object({ ...ScopeParams, ...ListParams, ...pageParams(CodeCursor) });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/zones", {
  GET: async ({ request, context, query }) =>
    pageAnswer(request, await listZones(context, query(Query))),
  POST: async ({ context, body }) => {
    const made = await createZone(context, await body(ZoneMessage));
    return { status: 201, body: made, headers: { Location: `/api/zones/${made.id}` } };
  },
});
