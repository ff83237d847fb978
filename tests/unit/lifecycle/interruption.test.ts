import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";

const MODULE = pathToFileURL(path.resolve("scripts/lifecycle/interruption.mjs")).href;

/** A process that needs a while to stop; it prints when it is ready and when it was told to stop. */
function slowToStop(stopMs: number) {
  const code = `
    import { listenForInterruption, whenAborted } from ${JSON.stringify(MODULE)};
    const signal = listenForInterruption();
    console.log("ready");
    const alive = setInterval(() => {}, 1000);
    await whenAborted(signal);
    console.log("stopping");
    setTimeout(() => process.exit(0), ${stopMs});`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exit = once(child, "exit") as Promise<[number | null]>;
  return { child, exit, output: child.stdout };
}

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s stops in order", async (signal) => {
  const { child, exit, output } = slowToStop(0);
  await once(output, "data");
  child.kill(signal);
  expect((await exit)[0]).toBe(0);
});

test("one Ctrl-C that arrives twice, from the terminal and from npm, is one", async () => {
  const { child, exit, output } = slowToStop(100);
  await once(output, "data");
  child.kill("SIGINT");
  await once(output, "data");
  child.kill("SIGINT");
  expect((await exit)[0]).toBe(0);
});

test("a second Ctrl-C ends the process at once", async () => {
  const { child, exit, output } = slowToStop(60_000);
  await once(output, "data");
  const presses = setInterval(() => child.kill("SIGINT"), 100);
  const [code] = await exit;
  clearInterval(presses);
  expect(code).toBe(130);
});
