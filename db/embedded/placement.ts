import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { access, chmod, chown, constants, mkdir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { type Account, accountForPostgres, canRun } from "./account";
import { type Binaries, findBinaries } from "./binaries";

/** Where everything of one embedded server is, and who runs it. */
export type Placement = {
  /** The folder that holds the data folder and what is made on the way to it. */
  root: string;
  data: string;
  /** Starts and stops of this server take turns here. */
  turns: string;
  account: Account | undefined;
  binaries: Binaries;
};

/** Where root keeps what the user `postgres` can't reach inside the project. */
const SHARED = "/var/lib/smart-parking";
const DATA = "postgres";

/**
 * Finds a place that the server's user can work in: the folder asked for, or as root, where that
 * user can't get there (a home with mode 0700), a folder of this project in /var/lib.
 * @throws when the folder belongs to someone else; the message says what to do
 */
export async function place(directory: string, report: (line: string) => void): Promise<Placement> {
  await mkdir(directory, { recursive: true, mode: 0o755 });
  const wanted = await realpath(directory);
  const account = await accountForPostgres(path.join(wanted, DATA));
  if (!account) await requireOwn(wanted);
  const binaries = await findBinaries(account, SHARED, report);
  const root = account ? await reachableRoot(wanted, account, report) : wanted;
  const data = path.join(root, DATA);
  refuseShellCharacters(data);
  return { root, data, turns: path.join(root, "turns"), account, binaries };
}

async function reachableRoot(
  wanted: string,
  account: Account,
  report: (line: string) => void,
): Promise<string> {
  await chmod(wanted, 0o755);
  const outside = path.join(SHARED, createHash("sha256").update(wanted).digest("hex").slice(0, 16));
  const here = existsSync(path.join(wanted, DATA));
  const there = existsSync(path.join(outside, DATA));
  if (!there && (await canRun(account, "/bin/sh", ["-c", 'cd "$1"', "sh", wanted]))) return wanted;
  if (here && !there) {
    throw new Error(
      `The database in ${wanted} can't be reached by ${account.name}, who runs Postgres for root. Let that user through to it again (chmod o+x on the folders above), or start as the owner of the project.`,
    );
  }
  await mkdir(outside, { recursive: true, mode: 0o755 });
  report(`The database is in ${outside}: ${account.name} can't get to the project's folder.`);
  return outside;
}

/** An ordinary user can neither start nor adopt a server whose files are another's. */
async function requireOwn(root: string): Promise<void> {
  for (const folder of [root, path.join(root, DATA)]) {
    const found = await stat(folder).catch(() => undefined);
    if (!found || !process.getuid || found.uid === process.getuid()) continue;
    const usable = folder === root && (await isWritable(root));
    if (usable) continue;
    throw new Error(
      `${folder} belongs to another user (uid ${found.uid}; was it started as root before?). Make it yours with \`sudo chown -R $(id -u):$(id -g) ${root}\`, or start as that user.`,
    );
  }
}

function isWritable(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
}

/** pg_ctl hands its paths to a shell between double quotes. */
function refuseShellCharacters(data: string): void {
  if (process.platform !== "win32" && /["$`\\]/.test(data)) {
    throw new Error(
      `The embedded Postgres can't run in ${data}: move the project to a folder whose name has none of " $ \` \\, or set DATABASE_URL.`,
    );
  }
}

/** Gives a file or folder to the server's user, where that isn't us. */
export async function giveTo(account: Account | undefined, ...files: string[]): Promise<void> {
  if (!account) return;
  for (const file of files) await chown(file, account.uid, account.gid);
}
