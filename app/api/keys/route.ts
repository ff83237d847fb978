import { endpoint } from "@/app/api/_http/endpoint";
import { ApiKeyMessage } from "@/lib/domain/access/api-key";
import { createKey } from "@/lib/server/keys/create-key";
import { listKeys } from "@/lib/server/keys/read-keys";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/keys", {
  GET: async ({ context }) => ({ status: 200, body: await listKeys(context) }),
  POST: async ({ context, body }) => {
    const made = await createKey(context, await body(ApiKeyMessage));
    return { status: 201, body: made, headers: { Location: `/api/keys/${made.id}` } };
  },
});
