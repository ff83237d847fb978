import path from "node:path";
import { fileURLToPath } from "node:url";
import { outliveClosedOutput, say } from "./console.mjs";
import { describe } from "./failure.mjs";
import { Interruption, listenForInterruption, whenAborted } from "./interruption.mjs";
import { Undo } from "./undo.mjs";

/**
 * `data` is the folder of the embedded database.
 * @typedef {{ root: string, data: string, args: string[], signal: AbortSignal, undo: Undo }} Context
 */

const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/[/\\]$/, "");

/**
 * Runs a command of the project and stops in order whatever it started, also on Ctrl-C.
 * One that returns no exit code of its own runs until then. Exits with 0 after such a stop, 130
 * when interrupted before it was ready, 1 after an error.
 * @param {string} failed how an error is introduced
 * @param {(context: Context) => Promise<number | void>} run
 * @param {string[]} args
 */
export async function main(failed, run, args) {
  outliveClosedOutput();
  const signal = listenForInterruption();
  const undo = new Undo();
  let code = 0;
  try {
    const ended = await run({ root: ROOT, data: path.join(ROOT, ".data"), args, signal, undo });
    if (ended === undefined) await waitForStop(signal);
    code = ended ?? 0;
  } catch (error) {
    code = signal.aborted ? 130 : 1;
    if (!signal.aborted) console.error(`\n${failed}. ${describe(error)}`);
  }
  const fault = signal.reason instanceof Interruption ? signal.reason.fault : undefined;
  if (fault) console.error(`\nStopping because of an error: ${describe(fault)}`);
  const fine = await undo.run();
  process.exit(fine && !fault ? code : 1);
}

/** @param {AbortSignal} signal */
async function waitForStop(signal) {
  await whenAborted(signal);
  say("Stopping ...");
}
