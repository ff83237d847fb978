import { endpoint, withoutBody } from "@/app/api/_http/endpoint";
import { endOwnSession } from "@/lib/server/sessions/end-sessions";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  "/api/profile/sessions/[id]",
  {
    DELETE: withoutBody(async ({ context, id }) => {
      await endOwnSession(context, id("Session"));
      return { status: 204, body: null };
    }),
  },
);
