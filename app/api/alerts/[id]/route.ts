import { endpoint } from "@/app/api/_http/endpoint";
import { readAlert } from "@/lib/server/alerts/read-alerts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/alerts/[id]", {
  GET: async ({ context, id }) => ({ status: 200, body: await readAlert(context, id("Alert")) }),
});
