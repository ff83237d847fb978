import type { IncomingMessage, ServerResponse } from "node:http";
import { Problem } from "@/lib/domain/problem";
import { type Answer, answerProblem, contentTypeOf } from "@/lib/server/http/answer";
import { MAX_DISCARDED_BYTES } from "@/lib/server/http/json";
import { INGEST_ENDPOINTS, type IngestEndpoint } from "@/lib/server/ingest/endpoints";

/**
 * The plain node:http front for device traffic: answers the ingest calls itself and leaves
 * everything else to Next, which would take ten times as long over them.
 * @returns whether the request was taken
 */
export function offerToGateway(request: IncomingMessage, response: ServerResponse): boolean {
  const endpoint = INGEST_ENDPOINTS[pathOf(request.url ?? "/")];
  if (!endpoint) return false;
  void serve(endpoint, request, response);
  return true;
}

function pathOf(url: string): string {
  const query = url.indexOf("?");
  const path = query < 0 ? url : url.slice(0, query);
  return path.endsWith("/") ? path.replace(/\/+$/, "") : path;
}

async function serve(endpoint: IngestEndpoint, request: IncomingMessage, response: ServerResponse) {
  try {
    if (request.method === "OPTIONS")
      return send(response, { status: 204, body: null, headers: ALLOW });
    if (request.method !== "POST") {
      request.resume();
      throw new Problem(405, "Only POST is allowed here.", { headers: ALLOW });
    }
    const body = await readBody(request, endpoint.maxBytes);
    const { "content-type": contentType, "content-encoding": contentEncoding } = request.headers;
    send(response, await endpoint.answer({ contentType, contentEncoding, body }));
  } catch (error) {
    if (request.errored || response.headersSent) response.destroy();
    else send(response, answerProblem(error));
  }
}

const ALLOW = { Allow: "POST, OPTIONS" };

/** Sends an answer. */
export function send(response: ServerResponse, { status, body, headers }: Answer): void {
  const content = body === null ? "" : JSON.stringify(body);
  response.writeHead(status, {
    ...(body === null ? {} : { "Content-Type": contentTypeOf(status) }),
    "Content-Length": Buffer.byteLength(content),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    ...headers,
  });
  response.end(content);
}

/** @throws Problem 413 above the limit, or what the connection broke with */
function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const tooLarge = () =>
      reject(
        new Problem(413, `The body is larger than ${maxBytes} bytes.`, {
          headers: { Connection: "close" },
        }),
      );
    if (Number(request.headers["content-length"] ?? 0) > MAX_DISCARDED_BYTES) return tooLarge();
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) chunks.push(chunk);
      else chunks.length = 0;
      if (bytes > MAX_DISCARDED_BYTES) tooLarge();
    });
    request.on("end", () => (bytes > maxBytes ? tooLarge() : resolve(Buffer.concat(chunks))));
    request.on("error", reject);
  });
}
