import { TEST_KEY } from "./accounts";

/** An answer as tests look at it: `body` parsed where it is JSON, else the text. */
export type ApiAnswer = {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what comes over the wire has no type until it is checked
  body: any;
  headers: Headers;
};

export const BY_TEST_KEY = { Authorization: `Bearer ${TEST_KEY}` };

type RequestOptions = { headers?: Record<string, string> };

const DEADLINE_MS = 30_000;

/**
 * A client of one server: follows no redirect and waits for no answer longer than 30 s.
 * @param credentials headers of every request; unless told otherwise the test key
 */
export function api(url: string, credentials: Record<string, string> = BY_TEST_KEY) {
  const send = async (method: string, path: string, init: RequestInit = {}): Promise<ApiAnswer> => {
    const response = await fetch(url + path, {
      method,
      redirect: "manual",
      signal: AbortSignal.timeout(DEADLINE_MS),
      ...init,
      headers: { ...credentials, ...(init.headers as Record<string, string> | undefined) },
    });
    const text = await response.text();
    const isJson = /[/+]json/.test(response.headers.get("content-type") ?? "");
    return {
      status: response.status,
      body: isJson && text ? JSON.parse(text) : text,
      headers: response.headers,
    };
  };
  const withBody =
    (method: string) =>
    (path: string, body?: unknown, { headers }: RequestOptions = {}) =>
      send(method, path, {
        headers: { "Content-Type": "application/json", ...headers },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
  return {
    url,
    send,
    get: (path: string, options: RequestOptions = {}) => send("GET", path, options),
    del: (path: string, options: RequestOptions = {}) => send("DELETE", path, options),
    post: withBody("POST"),
    put: withBody("PUT"),
    patch: withBody("PATCH"),
  };
}
export type Api = ReturnType<typeof api>;
