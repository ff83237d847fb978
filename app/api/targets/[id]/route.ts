import { endpoint, withoutBody } from "@/app/api/_http/endpoint";
import { TargetChange } from "@/lib/domain/estate/target";
import { deleteTarget } from "@/lib/server/targets/delete-target";
import { readTarget } from "@/lib/server/targets/read-targets";
import { updateTarget } from "@/lib/server/targets/update-target";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/targets/[id]", {
  GET: async ({ context, id }) => ({
    status: 200,
    body: await readTarget(context, id("Target")),
  }),
  PATCH: async ({ context, id, body }) => {
    const input = { id: id("Target"), change: await body(TargetChange) };
    return { status: 200, body: await updateTarget(context, input) };
  },
  DELETE: withoutBody(async ({ context, id }) => {
    await deleteTarget(context, id("Target"));
    return { status: 204, body: null };
  }),
});
