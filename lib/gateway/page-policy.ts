import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * Gives a page its Content-Security-Policy: only scripts that bear this request's nonce run. Next
 * reads the nonce from the request's header of the same name and puts it on its own scripts
 * (docs/decisions/content-security-policy.md).
 */
export function applyPagePolicy(
  request: IncomingMessage,
  response: ServerResponse,
  { dev }: { dev: boolean },
): void {
  const nonce = randomBytes(16).toString("base64");
  const isHttps = request.headers["x-forwarded-proto"] === "https";
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
  delete request.headers["content-security-policy-report-only"];
  request.headers["content-security-policy"] = policy;
  request.headers["x-nonce"] = nonce;
  request.headers["x-page"] = request.url;
  response.setHeader("Content-Security-Policy", policy);
  if (isHttps) response.setHeader("Strict-Transport-Security", "max-age=31536000");
}
