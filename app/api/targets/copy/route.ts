import { endpoint } from "@/app/api/_http/endpoint";
import { TargetCopy } from "@/lib/domain/estate/target";
import { copyTargets } from "@/lib/server/targets/copy-targets";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/targets/copy", {
  POST: async ({ context, body }) => ({
    status: 200,
    body: await copyTargets(context, await body(TargetCopy)),
  }),
});
