import type { ServerResponse } from "node:http";
import { Problem } from "@/lib/domain/problem";
import { answerProblem } from "@/lib/server/http/answer";
import { send } from "./gateway";

/**
 * A request target as Next takes it without a redirect, which devices don't follow: the path alone
 * (an absolute URL is legal in HTTP/1.1), single slashes, no backslash.
 * @returns null when its escapes are malformed
 */
export function plainTarget(target: string): string | null {
  const parts = /^(?:https?:\/\/[^/?]*)?([^?]*)(.*)$/is.exec(target);
  const [path = "/", query = ""] = parts?.slice(1) ?? [];
  try {
    decodeURIComponent(path);
  } catch {
    return null;
  }
  return `/${path.replace(/[/\\]+/g, "/").replace(/^\//, "")}${query}`;
}

/** Answers a request whose target is malformed. */
export function refuse(response: ServerResponse): void {
  send(response, answerProblem(new Problem(400, "The path has a malformed escape.")));
}
