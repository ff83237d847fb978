import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";

const PREFIX = "/_next/static/";
const TYPES: Record<string, string> = {
  ".js": "application/javascript; charset=UTF-8",
  ".css": "text/css; charset=UTF-8",
  ".svg": "image/svg+xml",
};

/**
 * The scripts and styles of a build, compressed when it was made. Their names change with their
 * content, so browsers keep them for good.
 */
export class StaticFiles {
  private readonly files = new Map<string, { content: Buffer; type: string }>();

  /** @param folder `.next/static` of the build; without compressed files in it Next serves all */
  constructor(folder: string) {
    if (!existsSync(folder)) return;
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      const type = TYPES[path.extname(name.replace(/\.br$/, ""))];
      if (!name.endsWith(".br") || !type) continue;
      const address = PREFIX + name.slice(0, -".br".length).split(path.sep).join("/");
      this.files.set(address, { content: readFileSync(path.join(folder, name)), type });
    }
  }

  /**
   * Answers a request for a file that is there, by a browser that takes it compressed so.
   * @returns whether the request was taken
   */
  offer(request: IncomingMessage, response: ServerResponse): boolean {
    const { url = "", method, headers } = request;
    if (!url.startsWith(PREFIX) || (method !== "GET" && method !== "HEAD")) return false;
    if (!/\bbr\b/.test(String(headers["accept-encoding"] ?? ""))) return false;
    const file = this.files.get(url.split("?", 1)[0] ?? "");
    if (!file) return false;
    response.writeHead(200, {
      "Content-Type": file.type,
      "Content-Encoding": "br",
      "Content-Length": file.content.length,
      "Cache-Control": "public, max-age=31536000, immutable",
      Vary: "Accept-Encoding",
      "X-Content-Type-Options": "nosniff",
      "Cross-Origin-Resource-Policy": "same-origin",
    });
    response.end(method === "HEAD" ? undefined : file.content);
    return true;
  }
}
