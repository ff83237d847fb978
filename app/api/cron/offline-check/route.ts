import { endpoint, type Handler } from "@/app/api/_http/endpoint";
import { checkOffline } from "@/lib/server/schedule/check-offline";
import { requireCronSecret } from "@/lib/server/schedule/require-cron-secret";

const check: Handler = async ({ request, context }) => {
  requireCronSecret(request.headers.get("authorization"));
  return { status: 200, body: await checkOffline(context) };
};

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  "/api/cron/offline-check",
  {
    GET: check,
    POST: check,
  },
);
