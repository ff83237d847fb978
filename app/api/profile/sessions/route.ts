import { endpoint, withoutBody } from "@/app/api/_http/endpoint";
import { endAllOwnSessions } from "@/lib/server/sessions/end-sessions";
import { listOwnSessions } from "@/lib/server/sessions/list-sessions";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/profile/sessions", {
  GET: async ({ context }) => ({ status: 200, body: await listOwnSessions(context) }),
  DELETE: withoutBody(async ({ context }) => ({
    status: 200,
    body: await endAllOwnSessions(context),
  })),
});
