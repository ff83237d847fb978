import { z } from "zod";
import type { Page } from "@/lib/domain/values/paging";
import type { Answer } from "@/lib/server/http/answer";

const MAX_LIMIT = 10_000;
const limitError = `Must be a whole number from 1 to ${MAX_LIMIT}.`;

const Limit = z
  .string()
  .regex(/^\d{1,6}$/, limitError)
  .transform(Number)
  .pipe(z.int().min(1, limitError).max(MAX_LIMIT, limitError));

/**
 * The query parameters of a list that comes in pages, to be spread into its schema.
 * @param cursor what the list's own cursors hold; anything else in their place is refused
 */
export function pageParams<S extends z.ZodType>(cursor: S) {
  const Cursor = z
    .string()
    .max(2048, "Not a cursor of this list.")
    .transform((text, context): z.infer<S> => {
      const result = cursor.safeParse(decodeCursor(text));
      if (result.success) return result.data;
      context.addIssue({ code: "custom", message: "Not a cursor of this list." });
      return z.NEVER;
    });
  return { limit: Limit.optional(), cursor: Cursor.optional() };
}

/** 200 with the rows; the header `X-Total-Count`, and `Link` to the next page while there is one. */
export function pageAnswer(
  request: Request,
  { rows, total, nextCursor }: Page<unknown, unknown>,
): Answer {
  const headers: Record<string, string> = { "X-Total-Count": String(total) };
  if (nextCursor !== null) {
    // Relative to the server, so that it holds behind any proxy.
    const { pathname, searchParams } = new URL(request.url);
    searchParams.set("cursor", encodeCursor(nextCursor));
    headers.Link = `<${pathname}?${searchParams}>; rel="next"`;
  }
  return { status: 200, body: rows, headers };
}

function encodeCursor(cursor: unknown): string {
  return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}

function decodeCursor(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString());
  } catch {
    return undefined;
  }
}
