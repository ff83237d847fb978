import { ingestRoute } from "@/app/api/_http/ingest";
import { telemetryEndpoint } from "@/lib/server/ingest/endpoints";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = ingestRoute(
  "/api/telemetry",
  telemetryEndpoint,
);
