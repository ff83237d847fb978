import { Problem } from "@/lib/domain/values/problem";
import { MAX_DISCARDED_BYTES } from "@/lib/server/http/json";
import type { BodyAccount } from "@/lib/server/limits/body-budget";
import { runtime } from "@/lib/server/runtime";

/**
 * Reads the whole body of a request.
 * @param taken gets each part before it is kept, and may throw
 * @throws Problem 413 when it is larger than `maxBytes`, 400 when its sender went away, 503 while
 *   too many others are being read
 */
export async function readBody(
  request: Request,
  maxBytes: number,
  taken?: BodyAccount["take"],
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  const account = runtime().bodies.open();
  let bytes = 0;
  try {
    for await (const chunk of partsOf(request)) {
      bytes += chunk.length;
      // Read to its end all the same: a sender that is cut off never gets to see the answer.
      if (bytes > maxBytes) {
        chunks.length = 0;
        account.close();
      } else {
        account.take(chunk.length);
        taken?.(chunk.length);
        chunks.push(chunk);
      }
      if (bytes > MAX_DISCARDED_BYTES) break;
    }
    if (bytes > maxBytes) throw new Problem(413, `The body is larger than ${maxBytes} bytes.`);
    return Buffer.concat(chunks);
  } finally {
    account.close();
  }
}

async function* partsOf({ body }: Request): AsyncGenerator<Uint8Array> {
  if (!body) return;
  try {
    yield* body as unknown as AsyncIterable<Uint8Array>;
  } catch {
    // Its error is a connection's, which would read as if the database were away.
    throw new Problem(400, "The body is incomplete.");
  }
}
