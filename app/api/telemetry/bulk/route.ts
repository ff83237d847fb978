import { ingestRoute } from "@/app/api/_http/ingest";
import { telemetryBulkEndpoint } from "@/lib/server/ingest/endpoints";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = ingestRoute(
  "/api/telemetry/bulk",
  telemetryBulkEndpoint,
);
