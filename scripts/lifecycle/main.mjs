import { fileURLToPath } from "node:url";
import { outliveClosedOutput, say } from "./console.mjs";
import { describe } from "./failure.mjs";
import { Interruption, listenForInterruption, whenAborted } from "./interruption.mjs";
import { Undo } from "./undo.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Runs the product from start to stop: starts it, waits for Ctrl-C, and stops everything in order.
 * Exits with 0 after a stop, 130 when interrupted before it was ready, 1 after an error.
 * @param {(context: { root: string, args: string[], signal: AbortSignal, undo: Undo }) => Promise<void>} start
 * @param {string[]} args
 */
export async function main(start, args) {
  outliveClosedOutput();
  const signal = listenForInterruption();
  const undo = new Undo();
  let code = 0;
  try {
    await start({ root: ROOT, args, signal, undo });
    await whenAborted(signal);
  } catch (error) {
    code = signal.aborted ? 130 : 1;
    if (!signal.aborted) console.error(`\nSmart Parking could not start. ${describe(error)}`);
  }
  const { fault } = signal.reason instanceof Interruption ? signal.reason : { fault: undefined };
  if (fault) {
    code = 1;
    console.error(`\nSmart Parking stops because of an error: ${describe(fault)}`);
  } else if (code === 0) {
    say("Stopping ...");
  }
  const fine = await undo.run();
  process.exit(fine ? code : 1);
}
