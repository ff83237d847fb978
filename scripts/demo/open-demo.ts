import { connectDatabase, connectIngest } from "@/db/client";
import { isProblem } from "@/lib/domain/values/problem";
import { type Context, SYSTEM } from "@/lib/server/context";
import { demoKey } from "@/lib/server/demo/demo-key";
import { areInForce, type Credentials, demoActor, makeDemoUser } from "@/lib/server/demo/demo-user";
import { type DemoState, findDemo } from "@/lib/server/demo/find-demo";
import { HISTORY_DAYS, makeDemoEstate } from "@/lib/server/demo/make-demo-estate";
import { removeUnfinishedDemo } from "@/lib/server/demo/remove-unfinished-demo";
import { topUpDemo } from "@/lib/server/demo/top-up-demo";
import { runtime } from "@/lib/server/runtime";
import { listUsers } from "@/lib/server/users/read-users";

const DAY_MS = 86_400_000;

/** Names of facilities that a refusal lists. */
const LISTED = 5;

const shell = (now: Date, db = runtime().db): Context => ({
  db,
  actor: { ...SYSTEM, name: "demo" },
  now,
});

/**
 * Looks what the database holds; removes what an interrupted making has left.
 * @returns whether the demo is there
 * @throws for a database that holds a real estate: demo data are never mixed with it
 */
export async function isThere(): Promise<boolean> {
  const context = shell(new Date());
  const state = await findDemo(context);
  if (state.kind === "foreign") throw new Error(refusal(state));
  if (state.kind === "unfinished") await removeUnfinishedDemo(context);
  return state.kind === "made";
}

function refusal({ facilities }: Extract<DemoState, { kind: "foreign" }>): string {
  const more = facilities.length > LISTED ? ` and ${facilities.length - LISTED} more` : "";
  const names = facilities.slice(0, LISTED).join(", ") + more;
  return `The database holds an estate of its own (${names}), and demo data are never mixed with one. Give the demo an empty database in DATABASE_URL, or start it in another copy of this folder.`;
}

/**
 * Makes the demo with its four weeks, or brings it up to this moment.
 * @param keep is given the credentials of an administrator that was made, before anything else is
 * @returns until when the history of its bays is told, milliseconds since 1970
 */
export async function bringUpToDate(keep: (made: Credentials) => Promise<void>): Promise<number> {
  const now = new Date();
  const url = withoutWaiting(process.env.DATABASE_URL ?? "");
  const [pool, connections] = [connectDatabase(url), connectIngest(url)];
  try {
    const present = shell(now, pool.db);
    const isMade = (await findDemo(present)).kind === "made";
    const then = isMade ? now : new Date(now.getTime() - HISTORY_DAYS * DAY_MS);
    const made = await makeDemoUser({ ...present, now: then });
    if (made) await keep(made);
    const context = { ...present, actor: await demoActor(present) };
    await (isMade ? topUpDemo : makeDemoEstate)(context, { sql: connections });
    return now.getTime();
  } catch (error) {
    if (isProblem(error)) throw new Error(error.detail, { cause: error });
    throw error;
  } finally {
    await Promise.all([pool.sql.end({ timeout: 5 }), connections.end({ timeout: 5 })]);
  }
}

/**
 * Connections whose commits don't wait for the disk, which takes a third of the time. After a power
 * cut the newest are missing, the mark that the demo is made first of all: it is made again then.
 */
function withoutWaiting(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.searchParams.set("synchronous_commit", "off");
  return url.href;
}

/** A key for the demo's devices, for as long as this run. */
export async function newKey(): Promise<string> {
  return demoKey(shell(new Date()));
}

/** Whether someone can sign in with what was kept, and else who there is. */
export async function signInWith(
  kept: Credentials | null,
): Promise<{ credentials: Credentials } | { admins: string[] }> {
  const context = shell(new Date());
  if (kept && (await areInForce(context, kept))) return { credentials: kept };
  const users = await listUsers(context);
  const admins = users.filter(({ role, status }) => role === "admin" && status === "active");
  return { admins: admins.map(({ email }) => email) };
}
