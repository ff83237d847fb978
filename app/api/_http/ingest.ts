import type { IngestEndpoint } from "@/lib/server/ingest/endpoints";
import { readBody } from "./body";
import { endpoint } from "./endpoint";

/** The exports of an ingest route: for where Next runs without the gateway. */
export function ingestRoute(ingest: IngestEndpoint) {
  return endpoint({
    POST: async ({ request }) =>
      ingest.answer({
        contentType: request.headers.get("content-type"),
        contentEncoding: request.headers.get("content-encoding"),
        body: await readBody(request, ingest.maxBytes),
      }),
  });
}
