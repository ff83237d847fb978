import { isUtf8 } from "node:buffer";
import { Problem } from "@/lib/domain/values/problem";

/** A body above its limit is read on and thrown away up to here, so that its sender gets to the answer. */
export const MAX_DISCARDED_BYTES = 32 * 1024 * 1024;

/** A request's body as both transports see it: complete and within its limit. */
export type JsonRequest = {
  contentType: string | null | undefined;
  contentEncoding: string | null | undefined;
  body: Buffer;
};

/**
 * A missing media type is taken for JSON: small devices leave it out.
 * @throws Problem 415 for another media type or a compressed body
 */
export function requireJsonType({ contentType, contentEncoding }: Omit<JsonRequest, "body">): void {
  const type = (contentType ?? "application/json").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (type !== "application/json" && !/^application\/[\w.-]+\+json$/.test(type)) {
    throw new Problem(415, "Send Content-Type: application/json.");
  }
  if (contentEncoding && contentEncoding.toLowerCase() !== "identity") {
    throw new Problem(415, "Send the body without Content-Encoding.");
  }
}

/**
 * Reads a JSON body.
 * @throws Problem 415 for another media type or a compressed body, 400 for malformed JSON
 */
export function requireJson(request: JsonRequest): unknown {
  requireJsonType(request);
  if (!isUtf8(request.body)) throw new Problem(400, "The body is not valid UTF-8.");
  return parseJson(request.body.toString());
}

/** @throws Problem 400 for malformed JSON */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(400, "The body is not valid JSON.");
  }
}
