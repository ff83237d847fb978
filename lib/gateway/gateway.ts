import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { Problem } from "@/lib/domain/values/problem";
import { admitMessages } from "@/lib/server/auth/admit";
import { type Answer, answerProblem, contentTypeOf, textOf } from "@/lib/server/http/answer";
import { MAX_DISCARDED_BYTES } from "@/lib/server/http/json";
import { INGEST_ENDPOINTS } from "@/lib/server/ingest/endpoints";
import type { IngestEndpoint, Intake } from "@/lib/server/ingest/intake";
import type { BodyAccount } from "@/lib/server/limits/body-budget";
import { runtime } from "@/lib/server/runtime";

/**
 * The plain node:http front for device traffic: answers the ingest calls itself and leaves
 * everything else to Next, which would take ten times as long over them.
 * @returns whether the request was taken
 */
export function offerToGateway(request: IncomingMessage, response: ServerResponse): boolean {
  const endpoint = INGEST_ENDPOINTS[pathOf(request.url ?? "/")];
  if (!endpoint || showsSessionAlone(request)) return false;
  void serve(endpoint, request, response);
  return true;
}

function pathOf(url: string): string {
  const query = url.indexOf("?");
  const path = query < 0 ? url : url.slice(0, query);
  return path.endsWith("/") ? path.replace(/\/+$/, "") : path;
}

/** A person's session has no right here; Next looks it up and says so. */
function showsSessionAlone({ headers }: IncomingMessage): boolean {
  return Boolean(headers.cookie) && !headers.authorization && !headers["x-api-key"];
}

async function serve(endpoint: IngestEndpoint, request: IncomingMessage, response: ServerResponse) {
  const account = runtime().bodies.open();
  let intake: Intake | null = null;
  let added: Record<string, string> = {};
  try {
    const admission = admitMessages((name) => request.headers[name] as string | undefined);
    const admitted = admission instanceof Promise ? await admission : admission;
    added = admitted.headers;
    if (request.method === "OPTIONS") {
      return send(response, { status: 204, body: null, headers: ALLOW }, added);
    }
    if (request.method !== "POST") {
      throw new Problem(405, "Only POST is allowed here.", { headers: ALLOW });
    }
    const { "content-type": contentType, "content-encoding": contentEncoding } = request.headers;
    intake = endpoint.open(admitted.actor, request.headers["content-length"]);
    const body = await readBody(request, endpoint.maxBytes, [account, intake]);
    send(response, await intake.answer({ contentType, contentEncoding, body }), added);
  } catch (error) {
    if (request.errored || response.headersSent) response.destroy();
    else refuse(request, response, answerProblem(error), added);
  } finally {
    account.close();
    intake?.close();
  }
}

/**
 * Answers a request whose body may not have been read to its end. A large one that may come again
 * later is answered at once, but the rest of its body is read only after a moment: a sender that
 * repeats it without waiting would cost more than its rows are worth.
 */
function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  added: Record<string, string>,
): void {
  const headers = { ...added, ...closingAfter(request) };
  const bytes = Number(request.headers["content-length"] ?? Number.POSITIVE_INFINITY);
  const isLarge = !request.complete && bytes > LARGE_BYTES;
  if (!isLarge || !answer.headers?.["Retry-After"]) {
    send(response, answer, headers);
    return;
  }
  request.pause();
  const content = writeHead(response, answer, headers);
  response.write(content);
  const held = setTimeout(() => {
    response.end();
    request.resume();
  }, HOLD_REFUSED_MS);
  response.once("close", () => clearTimeout(held));
}

/** What is smaller is read and thrown away at once. */
const LARGE_BYTES = 64 * 1024;
/** No longer than any `Retry-After` asks to wait. */
const HOLD_REFUSED_MS = 1_000;

/** What a sender goes on sending is read and thrown away, so that it gets to the answer; not too much. */
function closingAfter(request: IncomingMessage): Record<string, string> {
  const bytes = Number(request.headers["content-length"] ?? 0);
  return bytes > MAX_DISCARDED_BYTES ? { Connection: "close" } : {};
}

const ALLOW = { Allow: "POST, OPTIONS" };

/** Sends an answer. */
export function send(
  response: ServerResponse,
  answer: Answer,
  more?: Record<string, string>,
): void {
  response.end(writeHead(response, answer, more));
}

/** @returns the content that follows */
function writeHead(
  response: ServerResponse,
  { status, body, headers }: Answer,
  more?: Record<string, string>,
): string {
  const content = body === null ? "" : textOf(body);
  const all: OutgoingHttpHeaders = {
    "Content-Length": Buffer.byteLength(content),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
  };
  if (body !== null) all["Content-Type"] = contentTypeOf(status);
  response.writeHead(status, Object.assign(all, more, headers));
  return content;
}

/** @throws Problem 413 above the limit, 503 above that of all bodies, or what the connection broke with */
function readBody(
  request: IncomingMessage,
  maxBytes: number,
  accounts: BodyAccount[],
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const drop = () => {
      chunks.length = 0;
      for (const account of accounts) account.close();
    };
    const fail = (error: unknown) => {
      // What is still to come is taken from the wire, and nothing of it is kept.
      request.off("data", onData).resume();
      drop();
      reject(error);
    };
    const tooLarge = () => fail(new Problem(413, `The body is larger than ${maxBytes} bytes.`));
    const onData = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_DISCARDED_BYTES) return tooLarge();
      if (bytes > maxBytes) return drop();
      try {
        for (const account of accounts) account.take(chunk.length);
        chunks.push(chunk);
      } catch (error) {
        fail(error);
      }
    };
    if (request.destroyed) return fail(new Problem(400, "The body is incomplete."));
    if (Number(request.headers["content-length"] ?? 0) > MAX_DISCARDED_BYTES) return tooLarge();
    request.on("data", onData);
    request.on("end", () => (bytes > maxBytes ? tooLarge() : resolve(Buffer.concat(chunks))));
    request.on("error", fail);
  });
}
