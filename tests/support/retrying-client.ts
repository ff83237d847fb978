import { setTimeout as delay } from "node:timers/promises";
import { type Api, type ApiAnswer, api } from "./api";

const RETRY_EVERY_MS = 50;
const ATTEMPT_LIMIT_MS = 10_000;

/** A client that repeats what got no answer or 503, until it gets one. */
export class RetryingClient {
  /** How many attempts got no answer, or 503. */
  lost = 0;
  private readonly api: Api;
  private abandoned = false;

  constructor(url: string) {
    this.api = api(url);
  }

  /** Gives up what is on its way: there is no server left to answer it. */
  abandon(): void {
    this.abandoned = true;
  }

  /**
   * @returns the answer; `clean` when it is the one to the first attempt
   * @throws after `abandon`
   */
  async untilAnswered(path: string, body: unknown): Promise<{ answer: ApiAnswer; clean: boolean }> {
    for (let clean = true; ; clean = false) {
      const answer = await this.attempt(path, body);
      if (answer && answer.status !== 503) return { answer, clean };
      this.lost += 1;
      if (this.abandoned) throw new Error("The server never answered.");
      await delay(RETRY_EVERY_MS);
    }
  }

  private attempt(path: string, body: unknown): Promise<ApiAnswer | null> {
    return this.api
      .send("POST", path, {
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(ATTEMPT_LIMIT_MS),
      })
      .catch(() => null);
  }
}
