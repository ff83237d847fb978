import { endpoint } from "@/app/api/_http/endpoint";
import { Unacknowledgement } from "@/lib/domain/alerts/acknowledgement";
import { unacknowledgeAlerts } from "@/lib/server/alerts/unacknowledge-alerts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  "/api/alerts/unacknowledge",
  {
    POST: async ({ context, body }) => ({
      status: 200,
      body: await unacknowledgeAlerts(context, await body(Unacknowledgement)),
    }),
  },
);
