import { env } from "@/lib/env";

/** Reads a header of a request, whatever carries it. */
export type HeaderReader = (name: string) => string | null | undefined;

/**
 * Where a request came from. The server that faces the network writes the sender's address into
 * `X-Forwarded-For` (lib/gateway/forwarded.ts); elsewhere the platform does.
 */
export function addressOf(header: HeaderReader): string | null {
  return header("x-forwarded-for")?.split(",").at(-1)?.trim() || null;
}

/**
 * The origin under which the sender reaches this server, `https://parking.example`: the configured
 * one, as next-auth takes it too, else what the request says.
 */
export function originOf(header: HeaderReader): string {
  const { NEXTAUTH_URL } = env();
  if (NEXTAUTH_URL) return new URL(NEXTAUTH_URL).origin;
  const scheme = header("x-forwarded-proto")?.split(",")[0]?.trim() === "https" ? "https" : "http";
  return `${scheme}://${header("x-forwarded-host") ?? header("host") ?? "localhost:3000"}`;
}

const SAFE_METHODS = ["GET", "HEAD", "OPTIONS"];

/**
 * Whether a page of another site made a browser send this request. Browsers say where a request
 * comes from; what says nothing of it is no browser, and has no session to abuse.
 */
export function isCrossSite(method: string, header: HeaderReader): boolean {
  if (SAFE_METHODS.includes(method)) return false;
  const site = header("sec-fetch-site");
  if (site) return site !== "same-origin" && site !== "none";
  const origin = header("origin");
  if (!origin) return false;
  return !URL.canParse(origin) || new URL(origin).host !== new URL(originOf(header)).host;
}
