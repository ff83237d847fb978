import { isUtf8 } from "node:buffer";
import { Problem } from "@/lib/domain/values/problem";
import { readBody } from "./body";

/**
 * Reads a CSV body.
 * @throws Problem 415 for another media type or a compressed body, 413 above `maxBytes`, 400 for
 *   text that is not UTF-8
 */
export async function readCsv(request: Request, maxBytes: number): Promise<string> {
  const body = await readBody(request, maxBytes);
  const type = request.headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "text/csv") throw new Problem(415, "Send Content-Type: text/csv.");
  const encoding = request.headers.get("content-encoding")?.toLowerCase() ?? "identity";
  if (encoding !== "identity") throw new Problem(415, "Send the body without Content-Encoding.");
  if (!isUtf8(body)) throw new Problem(400, "The body is not valid UTF-8.");
  return body.toString().replace(/^\uFEFF/, "");
}
