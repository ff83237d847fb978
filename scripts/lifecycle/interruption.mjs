/** npm passes a Ctrl-C on that the terminal has sent already: within this it is the same press. */
const SAME_PRESS_MS = 500;
const SIGNALS = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/** Why everything is to be stopped: a signal, or an error that no one caught. */
export class Interruption extends Error {
  /** @param {string} message @param {unknown} [fault] */
  constructor(message, fault) {
    super(message);
    this.fault = fault;
  }
}

/**
 * A signal that aborts at the first Ctrl-C (or SIGTERM, SIGHUP, uncaught error); a second press
 * ends the process at once.
 * @param {(code: number) => void} [exit]
 * @returns {AbortSignal}
 */
export function listenForInterruption(exit = (code) => process.exit(code)) {
  const controller = new AbortController();
  let firstAt = 0;
  for (const name of SIGNALS) {
    process.on(name, () => {
      if (firstAt === 0) {
        firstAt = Date.now();
        controller.abort(new Interruption(name));
      } else if (Date.now() - firstAt > SAME_PRESS_MS) {
        exit(130);
      }
    });
  }
  process.on("uncaughtException", (error) => {
    firstAt ||= Date.now();
    controller.abort(new Interruption("uncaught error", error));
  });
  return controller.signal;
}

/** @param {AbortSignal} signal */
export function whenAborted(signal) {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
}
