import type { ApiPath } from "@/lib/domain/access/access";
import type { IngestEndpoint } from "@/lib/server/ingest/intake";
import { readBody } from "./body";
import { endpoint } from "./endpoint";

type IngestPath = Extract<ApiPath, `/api/${"telemetry" | "parking-log"}${string}`>;

/** The exports of an ingest route: for where Next runs without the gateway. */
export function ingestRoute(path: IngestPath, ingest: IngestEndpoint) {
  return endpoint(
    path,
    {
      POST: async ({ request, context: { actor } }) => {
        const { headers } = request;
        const intake = ingest.open(actor, headers.get("content-length"));
        try {
          return await intake.answer({
            contentType: headers.get("content-type"),
            contentEncoding: headers.get("content-encoding"),
            body: await readBody(request, ingest.maxBytes, intake.take),
          });
        } finally {
          intake.close();
        }
      },
    },
    { parameters: "any" },
  );
}
