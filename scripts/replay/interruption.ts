/** One press of Ctrl-C can arrive twice, through npm and from the terminal. */
const SECOND_PRESS_AFTER_MS = 500;

/** The first Ctrl-C lets the batch under way finish, a second one ends at once. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  let pressedAt: number | null = null;
  const onSignal = () => {
    if (pressedAt !== null && Date.now() - pressedAt > SECOND_PRESS_AFTER_MS) process.exit(130);
    pressedAt ??= Date.now();
    controller.abort();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return controller.signal;
}
