/** Escapes of characters that need none. Dots stay: their meaning is resolved with the path. */
const NEEDLESS_ESCAPE = /%(?:4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9ae]|3\d|2d)/gi;

/**
 * A request target as Next takes it without a redirect, which devices don't follow: the path alone
 * (an absolute URL is legal in HTTP/1.1), single slashes, no backslash, no needless escapes (RFC
 * 3986, 6.2.2.2), so that `/%61pi` is `/api` to every part of the server.
 */
export function plainTarget(target: string): string {
  const parts = /^(?:https?:\/\/[^/?]*)?([^?]*)(.*)$/is.exec(target);
  const [path = "/", query = ""] = parts?.slice(1) ?? [];
  const plain = path
    .replace(/[/\\]+/g, "/")
    .replace(/^\//, "")
    .replace(NEEDLESS_ESCAPE, (needless) => decodeURIComponent(needless));
  return `/${plain}${query}`;
}
