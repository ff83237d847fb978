const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 5_000;

/** A server that is busy, away or starting; 500 too, which the client bounds. */
const TRANSIENT_STATUSES = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Connection faults after which the same request can succeed. */
const TRANSIENT_CODES = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENETDOWN",
  "EAI_AGAIN",
  "UND_ERR_SOCKET",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
  "UND_ERR_RES_CONTENT_LENGTH_MISMATCH",
]);

/** Whether the same request may be answered better later. */
export function isTransientStatus(status: number): boolean {
  return TRANSIENT_STATUSES.has(status);
}

/** Whether what `fetch` threw is the loss of a connection or of time, not a wrong address. */
export function isTransientFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === "TimeoutError") return true;
  const { cause } = error;
  return TRANSIENT_CODES.has(String((cause as { code?: unknown } | undefined)?.code));
}

/**
 * How long to wait before the next attempt: doubling up to 5 s, of which half is chance, so that
 * many clients don't come back at one moment.
 * @param attempts how many have failed, from 1
 * @returns milliseconds
 */
export function backoffMs(attempts: number, random = Math.random): number {
  const full = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempts - 1, 20));
  return full / 2 + (full / 2) * random();
}

/**
 * What a Retry-After header asks for, seconds or a date.
 * @param now milliseconds since 1970
 * @returns milliseconds, null without a header that can be read
 */
export function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
