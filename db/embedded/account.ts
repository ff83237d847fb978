import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Who Postgres runs as, where that is not this process's own user. */
export type Account = { name: string; uid: number; gid: number };

/**
 * Postgres refuses to run as root: then it runs as the owner of the data that are there already,
 * or as the system user `postgres`, made when missing.
 * @returns undefined when this process's own user will do
 * @throws when we are root and no such user can be made; the message says what to do
 */
export async function accountForPostgres(data: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(data).catch(() => undefined);
  if (owner && owner.uid !== 0) return { name: `uid ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  const name = process.platform === "darwin" ? "_postgres" : "postgres";
  const found = await lookUp(name);
  if (found) return found;
  await createSystemUser(name);
  const created = await lookUp(name);
  if (created) return created;
  throw new Error(
    `Postgres can't run as root, and no system user "${name}" could be created for it. Create one (useradd --system ${name}), start as an ordinary user, or set DATABASE_URL.`,
  );
}

async function lookUp(name: string): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
    return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

/** Two starts may both come here: anyone who is second fails, and finds the user all the same. */
async function createSystemUser(name: string): Promise<void> {
  const commands: [string, string[]][] = [
    ["useradd", ["--system", "--user-group", "--no-create-home", name]],
    ["adduser", ["-S", "-D", "-H", name]],
  ];
  for (const [command, args] of commands) {
    const done = await run(command, args).then(
      () => true,
      () => false,
    );
    if (done) return;
  }
}

/** Whether the account can run this command line, asked by trying. */
export async function canRun(account: Account, file: string, args: string[]): Promise<boolean> {
  try {
    await run(file, args, { uid: account.uid, gid: account.gid, cwd: "/" });
    return true;
  } catch {
    return false;
  }
}
