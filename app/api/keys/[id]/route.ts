import { endpoint, withoutBody } from "@/app/api/_http/endpoint";
import { ApiKeyChange } from "@/lib/domain/access/api-key";
import { readKey } from "@/lib/server/keys/read-keys";
import { revokeKey } from "@/lib/server/keys/revoke-key";
import { updateKey } from "@/lib/server/keys/update-key";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/keys/[id]", {
  GET: async ({ context, id }) => ({ status: 200, body: await readKey(context, id("Key")) }),
  PATCH: async ({ context, id, body }) => {
    const input = { id: id("Key"), change: await body(ApiKeyChange) };
    return { status: 200, body: await updateKey(context, input) };
  },
  DELETE: withoutBody(async ({ context, id }) => {
    await revokeKey(context, id("Key"));
    return { status: 204, body: null };
  }),
});
