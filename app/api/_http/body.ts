import { Problem } from "@/lib/domain/problem";
import { MAX_DISCARDED_BYTES } from "@/lib/server/http/json";

/**
 * Reads the whole body of a request.
 * @throws Problem 413 when it is larger than `maxBytes`, 400 when its sender went away
 */
export async function readBody(request: Request, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of partsOf(request)) {
    bytes += chunk.length;
    // Read to its end all the same: a sender that is cut off never gets to see the answer.
    if (bytes <= maxBytes) chunks.push(chunk);
    else chunks.length = 0;
    if (bytes > MAX_DISCARDED_BYTES) break;
  }
  if (bytes > maxBytes) throw new Problem(413, `The body is larger than ${maxBytes} bytes.`);
  return Buffer.concat(chunks);
}

async function* partsOf({ body }: Request): AsyncGenerator<Uint8Array> {
  if (!body) return;
  try {
    yield* body as unknown as AsyncIterable<Uint8Array>;
  } catch {
    // Its error is a connection's, which would read as if the database were away.
    throw new Problem(400, "The body broke off.");
  }
}
