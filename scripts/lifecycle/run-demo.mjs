import path from "node:path";
import { takeTurn } from "../../db/embedded/turns.mjs";
import { say, step } from "./console.mjs";
import { whenAborted } from "./interruption.mjs";
import { demoFile, keepJson, readKept } from "./kept.mjs";
import { startServer } from "./run-start.mjs";

/** @typedef {{ email: string, password: string }} Credentials */

/**
 * `npm start` with a believable estate in it, made first where it is missing, and with devices that
 * keep it alive.
 * @param {import("./main.mjs").Context} context
 * @throws what a person can act on, see describe()
 */
export async function demo(context) {
  const { root, signal, undo } = context;
  let file = "";
  let toldUntil = 0;
  const { url, load } = await startServer(context, async (load, givenUrl) => {
    file = demoFile(root, givenUrl);
    const making = makeOrTopUp(root, file, await load("scripts/demo/open-demo.ts"));
    // What is interrupted in the middle is removed and made again at the next start.
    toldUntil = await Promise.race([making, whenAborted(signal).then(() => 0)]);
  });
  const { newKey, signInWith } = await load("scripts/demo/open-demo.ts");
  const { keepAlive } = await load("scripts/demo/keep-alive.ts");
  undo.add(await keepAlive({ url, key: await newKey(), toldUntil, report: say }));
  const kept = /** @type {Credentials} */ (await readKept(file));
  sayHowToSignIn(url, await signInWith(kept.password ? kept : null));
}

/**
 * @param {string} root
 * @param {string} file
 * @param {any} open
 * @returns {Promise<number>}
 */
async function makeOrTopUp(root, file, open) {
  const endTurn = await takeTurn(path.join(root, ".data", "turns-demo"), (pid) =>
    say(`Waiting for process ${pid}, which is making the demo.`),
  );
  try {
    const title = (await open.isThere())
      ? "Telling what the demo's bays did meanwhile"
      : "Making a demo estate: 3 facilities, 300 bays, four weeks";
    return await step(title, () =>
      open.bringUpToDate((/** @type {Credentials} */ made) => keepJson(file, made)),
    );
  } finally {
    await endTurn();
  }
}

/**
 * @param {string} url
 * @param {{ credentials: Credentials } | { admins: string[] }} found
 */
function sayHowToSignIn(url, found) {
  const lines =
    "credentials" in found
      ? [`E-mail    ${found.credentials.email}`, `Password  ${found.credentials.password}`]
      : [
          `E-mail    ${found.admins.join(" or ") || "no administrator is left"}`,
          "Password  the one you chose; for a new one: npm run -s user -- reset --email E",
        ];
  say(`\n  Sign in   ${url}/sign-in`);
  for (const line of lines) say(`  ${line}`);
  say(
    "\n  300 made-up devices are sending. Ctrl-C stops everything; the next start goes on from here.",
  );
}
