import { endpoint, type Handler, withoutBody } from "@/app/api/_http/endpoint";
import { callOfflineCheck } from "@/lib/server/schedule/offline-check-call";

const check: Handler = async ({ context }) => ({
  status: 200,
  body: await callOfflineCheck(context),
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  "/api/cron/offline-check",
  {
    GET: check,
    POST: withoutBody(check),
  },
);
