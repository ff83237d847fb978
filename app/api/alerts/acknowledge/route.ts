import { endpoint } from "@/app/api/_http/endpoint";
import { acknowledgeAlerts } from "@/lib/server/alerts/acknowledge-alerts";
import { BulkAcknowledgement, choiceOf } from "@/lib/server/alerts/bulk-acknowledgement";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  "/api/alerts/acknowledge",
  {
    POST: async ({ context, body }) => {
      const message = await body(BulkAcknowledgement);
      const choice = await choiceOf(context, message);
      const { comment } = message;
      return { status: 200, body: await acknowledgeAlerts(context, { ...choice, comment }) };
    },
  },
);
