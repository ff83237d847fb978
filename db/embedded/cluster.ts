import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { runProgram } from "./command";
import { giveTo, type Placement } from "./placement";
import { isRunning } from "./processes.mjs";
import { settingsFile } from "./settings";

/** The server's own administrator, who makes the rest and keeps the lease. */
export const ADMIN = "postgres";
export type Passwords = { admin: string; app: string };

const PASSWORDS = "smart-parking-passwords.json";
const SETTINGS = "smart-parking.conf";
const DRAFT = "initdb";

/**
 * Makes the data folder when there is none. It is made beside its place and renamed, so that a
 * start killed half-way leaves nothing that looks like a database.
 * @throws when the folder holds something else, or a database of another major version
 */
export async function ensureCluster(placement: Placement, throwaway: boolean): Promise<void> {
  const version = await readFile(path.join(placement.data, "PG_VERSION"), "utf8").catch(missing);
  if (version === undefined) {
    await refuseForeignFolder(placement.data);
    await sweepDrafts(placement.root);
    await createCluster(placement, throwaway);
    return;
  }
  const major = placement.binaries.version.split(".")[0];
  if (version.trim() !== major) {
    throw new Error(
      `The database in ${placement.data} was made by Postgres ${version.trim()}, and this version of Smart Parking brings Postgres ${major}. Dump it with the old version and load it into the new one.`,
    );
  }
}

async function createCluster(placement: Placement, throwaway: boolean): Promise<void> {
  const suffix = randomBytes(4).toString("hex");
  const draft = path.join(placement.root, `${DRAFT}-${process.pid}-${suffix}`);
  await mkdir(draft, { mode: 0o700 });
  const passwords: Passwords = { admin: randomPassword(), app: randomPassword() };
  const passwordFile = path.join(draft, "password");
  await writeFile(passwordFile, passwords.admin, { mode: 0o600 });
  await giveTo(placement.account, passwordFile, draft);
  const data = path.join(draft, "data");
  const { code, output } = await runProgram(placement, placement.binaries.initdb, [
    `--pgdata=${data}`,
    `--username=${ADMIN}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--data-checksums",
    ...(throwaway ? ["--no-sync"] : []),
  ]);
  if (code !== 0) {
    await rm(draft, { recursive: true, force: true });
    throw new Error(`The database could not be made in ${placement.root}: ${lastLines(output)}`);
  }
  await addOurFiles(placement, data, passwords);
  await moveIntoPlace(placement, data);
  await rm(draft, { recursive: true, force: true });
}

async function addOurFiles(placement: Placement, data: string, passwords: Passwords) {
  const file = path.join(data, PASSWORDS);
  await writeFile(file, JSON.stringify(passwords), { mode: 0o600, flush: true });
  const main = await open(path.join(data, "postgresql.conf"), "a");
  await main.writeFile(`\ninclude_if_exists = '${SETTINGS}'\n`);
  await main.sync();
  await main.close();
  await giveTo(placement.account, file);
}

async function moveIntoPlace(placement: Placement, data: string): Promise<void> {
  if (process.platform === "win32") await rm(placement.data, { recursive: true, force: true });
  await rename(data, placement.data);
  if (process.platform === "win32") return;
  // Without this a power cut could undo the rename after data were committed in it.
  const folder = await open(placement.root, "r");
  await folder.sync();
  await folder.close();
}

/** Writes the settings of this version; a running server takes them at its next start. */
export async function writeSettings(placement: Placement, throwaway: boolean): Promise<void> {
  const file = path.join(placement.data, SETTINGS);
  const draft = `${file}.new`;
  await writeFile(draft, settingsFile(throwaway), { mode: 0o600 });
  await chmod(draft, 0o600);
  await giveTo(placement.account, draft);
  await rename(draft, file);
}

/** @throws when the file is missing or damaged; without it no one can log in */
export async function readPasswords(data: string): Promise<Passwords> {
  const file = path.join(data, PASSWORDS);
  try {
    const { admin, app } = JSON.parse(await readFile(file, "utf8"));
    if (typeof admin === "string" && typeof app === "string") return { admin, app };
  } catch (error) {
    throw new Error(`The database's passwords can't be read from ${file}.`, { cause: error });
  }
  throw new Error(`The database's passwords are missing in ${file}.`);
}

async function refuseForeignFolder(data: string): Promise<void> {
  if (!existsSync(data) || (await readdir(data)).length === 0) return;
  throw new Error(`${data} holds something that is not a database. Move it away and start again.`);
}

/** Drafts of starts that were killed. */
async function sweepDrafts(root: string): Promise<void> {
  for (const name of await readdir(root)) {
    const pid = new RegExp(`^${DRAFT}-(\\d+)-`).exec(name)?.[1];
    if (pid && !isRunning(Number(pid))) {
      await rm(path.join(root, name), { recursive: true, force: true });
    }
  }
}

function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}

function randomPassword(): string {
  return randomBytes(24).toString("base64url");
}

export function lastLines(text: string, count = 6): string {
  return text.trim().split("\n").slice(-count).join("\n");
}
