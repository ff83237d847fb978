import type { IncomingMessage, ServerResponse } from "node:http";
import { Problem } from "@/lib/domain/values/problem";
import { answerProblem } from "@/lib/server/http/answer";
import { METHODS } from "@/lib/server/http/methods";
import { send } from "./gateway";

const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;
/** Slash and backslash: what is one segment here would be two elsewhere. */
const ESCAPED_SEPARATOR = /%(?:2f|5c)/i;

/**
 * What is wrong with a request whatever it asks for, before anything else looks at it: Next would
 * end in a 500 or a redirect, and two readers of the same request could take it for different ones.
 * @returns the refusal, null where there is none
 */
export function requestFault({
  method = "",
  url = "/",
  rawHeaders,
}: IncomingMessage): Problem | null {
  if (!METHODS.some((known) => known === method)) {
    const headers = { Allow: METHODS.join(", ") };
    return new Problem(405, `${method} is not allowed here.`, { headers });
  }
  const hosts = hostsOf(rawHeaders);
  if (hosts.length > 1) return new Problem(400, "The request has more than one Host header.");
  if (hosts[0] && !HOST.test(hosts[0])) return new Problem(400, "The Host header is malformed.");
  const path = url.split("?", 1)[0] ?? "";
  if (ESCAPED_SEPARATOR.test(path)) {
    return new Problem(400, "The path has an escaped slash or backslash.");
  }
  return isWellFormed(path) ? null : new Problem(400, "The path has a malformed escape.");
}

/** Node keeps the first of several and hides the others. */
function hostsOf(rawHeaders: string[]): string[] {
  const hosts: string[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!;
    if (name.length === 4 && name.toLowerCase() === "host") hosts.push(rawHeaders[i + 1]!);
  }
  return hosts;
}

function isWellFormed(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** Answers a request that has a fault. */
export function refuse(response: ServerResponse, fault: Problem): void {
  send(response, answerProblem(fault));
}
