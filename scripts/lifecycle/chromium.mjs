import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { runLogged } from "./child.mjs";
import { step } from "./console.mjs";
import { Failure } from "./failure.mjs";

/** The headless shell first: the same engine without the window around it, so with less to do. */
const NAMES = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
];
const APPLICATIONS = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * The browser that the tests drive: the one that is there, else one from the system's packages
 * (Debian, as root), else Playwright's.
 * @param {string} root
 * @param {AbortSignal} [signal]
 * @returns {Promise<string>} its path
 * @throws {Failure} when none can be had; the message says what to install
 */
export async function findOrInstallChromium(root, signal) {
  const found = findChromium() ?? (await playwrightChromium());
  if (found) return found;
  return step("Installing Chromium", async () => {
    const installed =
      isDebian() && process.getuid?.() === 0 ? await fromPackages(root, signal) : "";
    return installed || fromPlaywright(root, signal);
  });
}

function findChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given && !existsSync(given)) {
    throw new Failure(`CHROMIUM_PATH names ${given}, which does not exist.`);
  }
  const folders = ["/usr/bin", ...(process.env.PATH ?? "").split(path.delimiter)];
  const programs = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return given || [...programs, ...APPLICATIONS].find((file) => existsSync(file));
}

/** Ubuntu's package of that name is a snap, which does not work in containers. */
function isDebian() {
  try {
    return /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
  } catch {
    return false;
  }
}

/** The shell is not in every release of Debian. */
const PACKAGES = ["chromium-headless-shell", "chromium"];

/**
 * @param {string} root
 * @param {AbortSignal} [signal]
 */
async function fromPackages(root, signal) {
  const options = {
    what: "Installing Chromium (apt-get)",
    log: path.join(root, ".data", "logs", "chromium.log"),
    cwd: root,
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    signal,
  };
  const install = ["apt-get", "install", "-y", "--no-install-recommends", "fonts-liberation"];
  for (const [tried, browser] of PACKAGES.entries()) {
    try {
      if (tried === 0) await runLogged(["apt-get", "update"], options);
      await runLogged([...install, browser], options);
      return findChromium() ?? "";
    } catch (error) {
      if (signal?.aborted) throw error;
    }
  }
  return "";
}

/**
 * @param {string} root
 * @param {AbortSignal} [signal]
 */
async function fromPlaywright(root, signal) {
  const cli = path.join(root, "node_modules", "playwright-core", "cli.js");
  try {
    await runLogged([process.execPath, cli, "install", "chromium"], {
      what: "Installing Chromium (playwright)",
      log: path.join(root, ".data", "logs", "chromium.log"),
      cwd: root,
      signal,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Failure(
      `The browser tests need Chromium, and it could not be installed. Install it (Debian: apt-get install chromium) or name it in CHROMIUM_PATH. ${/** @type {Error} */ (error).message}`,
      { cause: error },
    );
  }
  const installed = await playwrightChromium();
  if (!installed) throw new Failure("Playwright installed no Chromium that can be found.");
  return installed;
}

async function playwrightChromium() {
  const { chromium } = await import("playwright-core");
  const file = chromium.executablePath();
  return file && existsSync(file) ? file : undefined;
}
