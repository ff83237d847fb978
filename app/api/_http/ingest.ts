import type { ApiPath } from "@/lib/domain/access";
import type { IngestEndpoint } from "@/lib/server/ingest/endpoints";
import { readBody } from "./body";
import { endpoint } from "./endpoint";

type IngestPath = Extract<ApiPath, `/api/${"telemetry" | "parking-log"}${string}`>;

/** The exports of an ingest route: for where Next runs without the gateway. */
export function ingestRoute(path: IngestPath, ingest: IngestEndpoint) {
  return endpoint(
    path,
    {
      POST: async ({ request, context }) =>
        ingest.answer(context.actor, {
          contentType: request.headers.get("content-type"),
          contentEncoding: request.headers.get("content-encoding"),
          body: await readBody(request, ingest.maxBytes),
        }),
    },
    { parameters: "any" },
  );
}
