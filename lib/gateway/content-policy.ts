import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

/** Gives an answer of Next the policy of what it is, whatever the request claims. */
export function applyPolicy(
  request: IncomingMessage,
  response: ServerResponse,
  { dev }: { dev: boolean },
): void {
  delete request.headers["content-security-policy"];
  delete request.headers["content-security-policy-report-only"];
  if (request.url?.startsWith("/api/")) applyApiPolicy(request, response);
  else applyPagePolicy(request, response, { dev });
  const isHttps = request.headers["x-forwarded-proto"] === "https";
  if (isHttps) response.setHeader("Strict-Transport-Security", "max-age=31536000");
}

/**
 * Gives a page its Content-Security-Policy: only scripts that bear this request's nonce run. Next
 * reads the nonce from the request's header of the same name and puts it on its own scripts
 * (docs/decisions/content-security-policy.md).
 */
function applyPagePolicy(
  request: IncomingMessage,
  response: ServerResponse,
  { dev }: { dev: boolean },
): void {
  const nonce = randomBytes(16).toString("base64");
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    // Components set sizes and colours in style attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
  request.headers["content-security-policy"] = policy;
  request.headers["x-nonce"] = nonce;
  request.headers["x-page"] = request.url;
  response.setHeader("Content-Security-Policy", policy);
}

/** An answer of the API is no page: nothing in it may run or be framed. */
function applyApiPolicy(request: IncomingMessage, response: ServerResponse): void {
  // Tells Next that the policy is set (next.config.mjs).
  request.headers["x-nonce"] = "none";
  response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
}
