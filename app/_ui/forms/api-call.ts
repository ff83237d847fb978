import type { FieldErrors } from "@/lib/domain/values/problem";
import { sayThatSessionEnded } from "../session-events";

/** What came of a call: its answer, or what is wrong in words, by field where it is a field's. */
export type ApiResult<T> =
  | { ok: true; body: T }
  | { ok: false; status: number; detail: string; errors: FieldErrors };

export const UNREACHABLE = "The server can't be reached. Check your connection and try again.";

/**
 * Calls this server's API in the name of who is signed in. Never throws.
 * @param message sent as JSON; a Blob as it is, under its own media type
 */
export async function callApi<T>(
  method: "GET" | "POST" | "PATCH" | "DELETE",
  path: string,
  message?: unknown,
): Promise<ApiResult<T>> {
  try {
    const asJson = message !== undefined && !(message instanceof Blob);
    const response = await fetch(path, {
      method,
      headers: asJson ? { "Content-Type": "application/json" } : {},
      body: message instanceof Blob ? message : JSON.stringify(message),
    });
    const text = await response.text();
    const body = text === "" ? null : JSON.parse(text);
    if (response.ok) return { ok: true, body };
    if (response.status === 401) sayThatSessionEnded();
    const { detail = response.statusText, errors = {} } = body ?? {};
    return { ok: false, status: response.status, detail, errors };
  } catch {
    return { ok: false, status: 0, detail: UNREACHABLE, errors: {} };
  }
}
