import { runtime } from "@/lib/server/runtime";
import { type ApiAnswer, BY_TEST_KEY } from "./api";
import { createTestDatabase, type TestDatabase } from "./database";

type Route = (
  request: Request,
  context: { params: Promise<Record<string, string>> },
) => Promise<Response>;
type RouteFile = Record<string, Route>;

/**
 * Route handlers called in this process, by path; `[id]` stands for one segment.
 * @param credentials headers of every request; unless told otherwise the test key
 */
export function callRoutes(
  files: Record<string, RouteFile>,
  credentials: Record<string, string> = BY_TEST_KEY,
) {
  const send = async (
    method: string,
    path: string,
    body?: string,
    contentType = "application/json",
  ): Promise<ApiAnswer> => {
    const url = new URL(path, "http://test.local");
    const { file, params } = find(files, url.pathname);
    const headers: Record<string, string> =
      body === undefined ? credentials : { ...credentials, "content-type": contentType };
    const request = new Request(url, { method, headers, body });
    const response = await file[method]!(request, { params: Promise.resolve(params) });
    const text = await response.text();
    const isJson = /[/+]json/.test(response.headers.get("content-type") ?? "");
    return {
      status: response.status,
      body: isJson && text ? JSON.parse(text) : text,
      headers: response.headers,
    };
  };
  return {
    send,
    get: (path: string) => send("GET", path),
    del: (path: string) => send("DELETE", path),
    post: (path: string, body: unknown) => send("POST", path, JSON.stringify(body)),
    patch: (path: string, body: unknown) => send("PATCH", path, JSON.stringify(body)),
    csv: (path: string, text: string) => send("POST", path, text, "text/csv"),
  };
}

type Found = { file: RouteFile; params: Record<string, string> };

function find(files: Record<string, RouteFile>, path: string): Found {
  const exact = files[path];
  if (exact) return { file: exact, params: {} };
  for (const [pattern, file] of Object.entries(files)) {
    const [before, after] = pattern.split("[id]");
    if (after === undefined || !path.startsWith(before!) || !path.endsWith(after)) continue;
    const id = path.slice(before!.length, path.length - after.length);
    if (id && !id.includes("/")) return { file, params: { id } };
  }
  throw new Error(`No route for ${path}`);
}

/** A fresh database that the process's runtime, and so its route handlers, work on. */
export async function startRuntime(): Promise<TestDatabase & { stop(): Promise<void> }> {
  const database = await createTestDatabase();
  process.env.DATABASE_URL = database.url;
  const stop = async () => {
    await runtime().close();
    await database.drop();
  };
  return { ...database, stop };
}
