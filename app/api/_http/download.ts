import { log } from "@/lib/server/log";

/** What is downloaded: its name, its media type, and its text as it comes. */
export type Download = { filename: string; mediaType: string; text: AsyncGenerator<string> };

/**
 * Streams a file as fast as the client takes it. The first piece is waited for, so that a failure
 * until then is an answer of its own; one later breaks the transfer, as a file that just ended
 * would look complete. A client that goes away ends the reading.
 */
export async function downloadAnswer({ filename, mediaType, text }: Download): Promise<Response> {
  const encoder = new TextEncoder();
  let next: IteratorResult<string> | null = await text.next();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = next ?? (await piece(text));
        next = null;
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      cancel: async () => void (await text.return(undefined)),
    },
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      "Content-Type": mediaType,
      "Content-Disposition": `attachment; filename="${filename}"`,
      "Cache-Control": "no-store",
    },
  });
}

async function piece(text: AsyncGenerator<string>): Promise<IteratorResult<string>> {
  try {
    return await text.next();
  } catch (error) {
    log().error({ err: error }, "download broke off");
    throw error;
  }
}
