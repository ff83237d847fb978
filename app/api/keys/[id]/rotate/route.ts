import { endpoint } from "@/app/api/_http/endpoint";
import { ApiKeyRotation } from "@/lib/domain/access/api-key";
import { rotateKey } from "@/lib/server/keys/rotate-key";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/keys/[id]/rotate", {
  POST: async ({ context, id, body }) => {
    const input = { id: id("Key"), ...(await body(ApiKeyRotation)) };
    return { status: 200, body: await rotateKey(context, input) };
  },
});
