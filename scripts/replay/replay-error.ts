/** What the person at the keyboard has to know and can act on: shown without a stack, exit code 1. */
export class ReplayError extends Error {}

/** Ctrl-C came while nothing could be finished. */
export class Interrupted extends Error {
  constructor() {
    super("Interrupted.");
  }
}

/** The words of an error, whatever was thrown. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
