import { setTimeout as sleep } from "node:timers/promises";
import { Interrupted, ReplayError } from "./replay-error";
import { backoffMs, isTransientFault, isTransientStatus, retryAfterMs } from "./retry";

export type ClientOptions = {
  /** The server's address with a slash at its end. */
  url: string;
  key?: string;
  /** Without it, a server that is away is waited for without end. */
  giveUpAfterSeconds?: number;
  /** Ctrl-C: what is on its way is finished, nothing is begun again. */
  interrupt: AbortSignal;
  /** Told of every wait, with what stands in the way. */
  onWait(why: string): void;
};

/** `attempts` above one: the server may have had the request before. */
export type ServerAnswer = { status: number; body: unknown; attempts: number };

type Body = { type: string; text: string };
type Attempt =
  | { status: number; body: unknown; why?: undefined }
  | { status?: number; why: string; retryAfterMs?: number | null };

/** The server refuses a request as a whole, in its own words. */
export class RefusedRequest extends ReplayError {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const REQUEST_TIMEOUT_MS = 60_000;
/** A 500 may be a server in the middle of a restart, but not for long. */
const MAX_SERVER_ERRORS = 5;

/** Who never had an answer is more likely at the wrong address than in an outage. */
const FIRST_CONTACT_SECONDS = 30;

/** HTTP to the server, with patience: outages are waited out, refusals thrown. */
export class Client {
  private reached = false;

  constructor(private readonly options: ClientOptions) {}

  get(path: string): Promise<ServerAnswer> {
    return this.call("GET", path);
  }

  post(path: string, body: unknown): Promise<ServerAnswer> {
    return this.call("POST", path, { type: "application/json", text: JSON.stringify(body) });
  }

  postCsv(path: string, text: string): Promise<ServerAnswer> {
    return this.call("POST", path, { type: "text/csv; charset=utf-8", text });
  }

  /**
   * @throws RefusedRequest for an answer that no retry can change; ReplayError when the server was
   *   away for too long; Interrupted
   */
  private async call(method: string, path: string, body?: Body): Promise<ServerAnswer> {
    const awaySince = Date.now();
    let serverErrors = 0;
    for (let attempts = 1; ; attempts++) {
      const outcome = await this.attempt(method, path, body);
      if (outcome.why === undefined) return { ...outcome, attempts };
      if (outcome.status === 500 && ++serverErrors >= MAX_SERVER_ERRORS) {
        throw new RefusedRequest(500, outcome.why);
      }
      const waitMs = Math.max(backoffMs(attempts), outcome.retryAfterMs ?? 0);
      await this.wait(waitMs, outcome.why, awaySince);
    }
  }

  private async attempt(method: string, path: string, body?: Body): Promise<Attempt> {
    const { url, key, interrupt } = this.options;
    if (interrupt.aborted) throw new Interrupted();
    try {
      const response = await fetch(new URL(path, url), {
        method,
        body: body?.text,
        redirect: "manual",
        headers: {
          ...(body === undefined ? {} : { "Content-Type": body.type }),
          ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
        },
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      });
      this.reached = true;
      const { status, headers } = response;
      const text = await response.text();
      if (response.ok) return { status, body: jsonOf(`${method} /${path}`, text) };
      const why = `${method} /${path}: ${status} ${problemWords(text, response)}`;
      if (!isTransientStatus(status)) throw new RefusedRequest(status, why);
      return { status, why, retryAfterMs: retryAfterMs(headers.get("retry-after"), Date.now()) };
    } catch (error) {
      if (error instanceof ReplayError) throw error;
      const why = faultWords(error);
      if (!isTransientFault(error)) throw new ReplayError(`${url} can't be reached: ${why}`);
      return { why: `${url} can't be reached: ${why}` };
    }
  }

  private async wait(waitMs: number, why: string, awaySince: number): Promise<void> {
    const { url, giveUpAfterSeconds, interrupt, onWait } = this.options;
    if (!this.reached && Date.now() + waitMs > awaySince + FIRST_CONTACT_SECONDS * 1000) {
      throw new ReplayError(`${why}. Is the server running there? --url names another than ${url}`);
    }
    if (giveUpAfterSeconds !== undefined) {
      const leftMs = awaySince + giveUpAfterSeconds * 1000 - Date.now();
      if (waitMs > leftMs) {
        throw new ReplayError(`Gave up after ${giveUpAfterSeconds} s without an answer: ${why}`);
      }
    }
    onWait(why);
    await sleep(waitMs, undefined, { signal: interrupt }).catch(() => {
      throw new Interrupted();
    });
  }
}

function jsonOf(call: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ReplayError(`${call}: the answer is no JSON; is this a Smart Parking server?`);
  }
}

/** What a problem document says, else the status text: an HTML page tells a terminal nothing. */
function problemWords(text: string, response: Response): string {
  const location = response.headers.get("location");
  if (location) return `redirects to ${location}; give that server's address as --url`;
  try {
    const { title, detail, errors } = JSON.parse(text);
    const fields = Object.entries((errors ?? {}) as Record<string, string[]>);
    const each = fields.map(([field, messages]) => `${field}: ${messages.join(" ")}`);
    return [title, detail, ...each].filter(Boolean).join(" · ");
  } catch {
    return response.statusText;
  }
}

function faultWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  const { code } = cause as { code?: unknown };
  // Undici's own faults say more than their codes, those of the system less.
  const isSystem = typeof code === "string" && !code.startsWith("UND_ERR");
  return isSystem || !cause.message ? String(code) : cause.message;
}
