import { endpoint } from "@/app/api/_http/endpoint";
import { Acknowledgement } from "@/lib/domain/alerts/acknowledgement";
import { acknowledgeAlert } from "@/lib/server/alerts/acknowledge-alert";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  "/api/alerts/[id]/acknowledge",
  {
    PATCH: async ({ context, id, body }) => {
      const alert = id("Alert");
      const { comment } = await body(Acknowledgement);
      return { status: 200, body: await acknowledgeAlert(context, { id: alert, comment }) };
    },
  },
);
