import { isDatabaseAway } from "@/db/errors";
import { isProblem, Problem, problemDocument } from "@/lib/domain/values/problem";
import { log } from "@/lib/server/log";

/** What is answered, whatever carries it: node:http in the gateway, a Response in a route handler. */
export type Answer = {
  status: number;
  /** Null for none. */
  body: unknown;
  headers?: Record<string, string>;
};

/** A body that is JSON already: a long one, written a piece at a time. */
export class WrittenJson {
  constructor(readonly text: string) {}
}

/** The body of an answer as it is sent. */
export function textOf(body: unknown): string {
  return body instanceof WrittenJson ? body.text : JSON.stringify(body);
}

/** Media type of an answer: errors are problem documents (RFC 9457). */
export function contentTypeOf(status: number): string {
  return status >= 400 ? "application/problem+json" : "application/json";
}

/**
 * The answer to a request that failed: the problem that was thrown, 503 while the database is away,
 * else 500 with the reason in the log alone.
 */
export function answerProblem(error: unknown): Answer {
  const problem = isProblem(error) ? error : databaseAwayProblem(error);
  if (problem) {
    return { status: problem.status, body: problem.document(), headers: problem.options.headers };
  }
  log().error({ err: error }, "request failed");
  return {
    status: 500,
    body: problemDocument(500, "The server ran into an error and logged it."),
  };
}

/** 503 with Retry-After when an error means that the database is away. */
export function databaseAwayProblem(error: unknown): Problem | null {
  if (!isDatabaseAway(error)) return null;
  log().warn({ err: error }, "database away");
  return new Problem(503, "Database unavailable. Try again shortly.", {
    headers: { "Retry-After": "2" },
  });
}
