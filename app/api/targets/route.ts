import { z } from "zod";
import { endpoint } from "@/app/api/_http/endpoint";
import { pageAnswer, pageParams } from "@/app/api/_http/paging";
import { TargetCursor, TargetMessage, TargetParams } from "@/lib/domain/estate/target";
import { CodeSought } from "@/lib/domain/values/fields";
import { ScopeParams } from "@/lib/server/scope/resolve-scope";
import { putTarget } from "@/lib/server/targets/put-target";
import { listTargets } from "@/lib/server/targets/read-targets";

const Query = z.object({
  ...ScopeParams,
  device: CodeSought.optional(),
  ...TargetParams,
  ...pageParams(TargetCursor),
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/targets", {
  GET: async ({ request, context, query }) =>
    pageAnswer(request, await listTargets(context, query(Query))),
  POST: async ({ context, body }) => {
    const { target, created } = await putTarget(context, await body(TargetMessage));
    if (!created) return { status: 200, body: target };
    return { status: 201, body: target, headers: { Location: `/api/targets/${target.id}` } };
  },
});
