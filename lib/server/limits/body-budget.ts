import { Problem } from "@/lib/domain/values/problem";

/**
 * Bytes of request bodies that this process holds at once, all senders together: many large uploads
 * that stall must not fill its memory.
 */
export class BodyBudget {
  private held = 0;

  constructor(private readonly maxBytes: number) {}

  /** An account for one request's body. */
  open(): BodyAccount {
    let own = 0;
    return {
      take: (bytes) => {
        if (this.held + bytes > this.maxBytes) {
          throw new Problem(503, "The server is receiving too much at once. Try again shortly.", {
            headers: { "Retry-After": "2", Connection: "close" },
          });
        }
        own += bytes;
        this.held += bytes;
      },
      close: () => {
        this.held -= own;
        own = 0;
      },
    };
  }
}

export type BodyAccount = {
  /** @throws Problem 503 when so many bytes more can't be held */
  take(bytes: number): void;
  /** Gives back all that was taken; again does nothing. */
  close(): void;
};
