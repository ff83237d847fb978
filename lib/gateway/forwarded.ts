import type { IncomingMessage } from "node:http";

/**
 * Settles who sends a request and under which address it reached us, before anything else looks:
 * afterwards `X-Forwarded-For`, `-Host` and `-Proto` are true. What a sender claims of itself does
 * not count; what the `proxies` in front of this server say of it does.
 * @param proxies how many they are, each of which appends the address that it was called from
 */
export function settleSender(request: IncomingMessage, proxies: number): void {
  const { headers } = request;
  const list = (name: string) =>
    proxies === 0 ? [] : (String(headers[name] ?? "").match(/[^,\s][^,]*/g) ?? []);
  const claimed = list("x-forwarded-for");
  const address = claimed.at(-proxies) ?? claimed[0] ?? request.socket.remoteAddress;
  const scheme = list("x-forwarded-proto").at(-1)?.trim() === "https" ? "https" : "http";
  const host = list("x-forwarded-host").at(-1)?.trim() ?? headers.host;
  delete headers.forwarded;
  delete headers["x-real-ip"];
  headers["x-forwarded-for"] = plainAddress(address ?? "unknown");
  headers["x-forwarded-proto"] = scheme;
  if (host === undefined) delete headers["x-forwarded-host"];
  else headers["x-forwarded-host"] = host;
}

/** Without brackets, port, and the prefix of IPv4 in IPv6. */
function plainAddress(address: string): string {
  const text = address.trim();
  const bracketed = /^\[([^\]]+)\]/.exec(text)?.[1];
  if (bracketed) return bracketed;
  return text.replace(/^::ffff:(?=\d+\.)/i, "").replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1");
}
