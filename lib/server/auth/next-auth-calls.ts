import { invalidInput, notFound, Problem } from "@/lib/domain/values/problem";
import { OIDC_PROVIDER, oidcName } from "./next-auth-options";

/** What of next-auth is in use; its copy of the session is not. `error` leads to our own sign-in. */
const CALLS = {
  GET: ["csrf", "providers", "signin", "signout", "error"],
  POST: ["callback/credentials", "signout"],
};
const OIDC_CALLS = {
  GET: [`callback/${OIDC_PROVIDER}`],
  POST: [`signin/${OIDC_PROVIDER}`],
};

/**
 * Lets only those calls through to next-auth that it answers; others would end in its 500.
 * @param action what follows `/api/auth/`
 * @throws Problem 404, 405 with Allow
 */
export function requireAuthCall(method: "GET" | "POST", action: string): void {
  const has = (one: "GET" | "POST") =>
    CALLS[one].includes(action) || (oidcName() !== null && OIDC_CALLS[one].includes(action));
  if (has(method)) return;
  const other = method === "GET" ? "POST" : "GET";
  if (!has(other)) throw notFound("Path");
  const allow = other === "GET" ? "GET, HEAD, OPTIONS" : "POST, OPTIONS";
  throw new Problem(405, `Only ${other} is allowed here.`, { headers: { Allow: allow } });
}

/**
 * Sign-in leads back to this site alone: next-auth ends in a 500 over addresses that are none, and
 * what names another site is a mistake or an attack.
 * @param given every `callbackUrl` of the address and the body
 * @param origin under which the sender reaches this server
 * @throws Problem 400
 */
export function requireOwnCallback(given: unknown[], origin: string): void {
  if (given.every((url) => typeof url === "string" && staysHere(url, origin))) return;
  throw invalidInput({ callbackUrl: ["Must be a path or an address of this site."] });
}

function staysHere(text: string, origin: string): boolean {
  if (text === "") return true;
  // Next-auth reads everything that does not begin with a slash as a whole address.
  const base = text.startsWith("/") ? origin : undefined;
  return URL.canParse(text, base) && new URL(text, base).origin === origin;
}

/** Every `callbackUrl` in a body, which is a form or JSON. */
export function callbacksIn(body: Buffer): unknown[] {
  const text = body.toString();
  try {
    const value = JSON.parse(text)?.callbackUrl;
    return value === undefined || value === null ? [] : [value];
  } catch {
    return new URLSearchParams(text).getAll("callbackUrl");
  }
}
