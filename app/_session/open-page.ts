import { headers } from "next/headers";
import { forbidden, redirect } from "next/navigation";
import { cache } from "react";
import { mayOpen, PAGE_GATES, type PagePath } from "@/lib/domain/access/access";
import { returnPath } from "@/lib/domain/access/return-path";
import { originOf } from "@/lib/server/auth/request-facts";
import { actorOfSession, sessionOf } from "@/lib/server/auth/session-of-request";
import { type Context, visitor } from "@/lib/server/context";
import { databaseAwayProblem } from "@/lib/server/http/answer";
import { runtime } from "@/lib/server/runtime";
import type { Session } from "@/lib/server/sessions/read-session";
import { hasUsers } from "@/lib/server/users/read-users";

/** Who looks at a page: someone signed in, or a visitor; no one can say while the database is away. */
export type Viewer = { kind: "user"; session: Session } | { kind: "visitor" } | { kind: "away" };

/** Who looks at this page; looked up once for all parts of it. */
export const viewerOfPage = cache(async (): Promise<Viewer> => {
  const given = await headers();
  try {
    const session = await sessionOf((name) => given.get(name), new Date());
    return session ? { kind: "user", session } : { kind: "visitor" };
  } catch (error) {
    if (databaseAwayProblem(error)) return { kind: "away" };
    throw error;
  }
});

/** What a page gets: what its reads take, and whose session it is. */
export type OpenedPage = { context: Context; session: Session };

/**
 * Opens a page that needs a session, as `PAGE_GATES` says: without one this leads to sign-in, or to
 * set-up while there is no user, and without the right to a page that says so.
 * @returns null while the database is away; the same for the page and its title
 */
export const openPage = cache(async (page: PagePath): Promise<OpenedPage | null> => {
  const viewer = await signedInViewer();
  if (!viewer) return null;
  const { session } = viewer;
  if (!mayOpen({ kind: "user", role: session.user.role }, page)) forbidden();
  return { session, context: await contextOf(session) };
});

/** The origin that this page was asked of, for addresses and commands that are copied from it. */
export async function originOfPage(): Promise<string> {
  const given = await headers();
  return originOf((name) => given.get(name));
}

/** What reads for the viewer take, whatever page it is; null for visitors, or with no database. */
export async function contextOfViewer(): Promise<Context | null> {
  const viewer = await viewerOfPage();
  return viewer.kind === "user" ? contextOf(viewer.session) : null;
}

async function contextOf(session: Session): Promise<Context> {
  const given = await headers();
  const actor = actorOfSession(session, (name) => given.get(name));
  return { db: runtime().db, actor, now: new Date() };
}

/**
 * The viewer of pages that need a session; anybody else is led away.
 * @returns null while the database is away
 */
export async function signedInViewer(): Promise<{ session: Session } | null> {
  const viewer = await viewerOfPage();
  if (viewer.kind === "user") return viewer;
  if (viewer.kind === "away" || !(await isSetUp())) return null;
  const wanted = returnPath((await headers()).get("x-page"));
  redirect(wanted === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(wanted)}`);
}

/**
 * Opens a page for visitors. While there is no user, all but set-up lead there.
 * @returns null while the database is away
 */
export async function openVisitorPage(page: PagePath): Promise<Context | null> {
  if (PAGE_GATES[page] !== "anyone") throw new Error(`${page} is no page for visitors`);
  const there = await isSetUp(page === "/setup");
  if (there === null) return null;
  if (there && page === "/setup") redirect("/");
  return { db: runtime().db, actor: visitor(null), now: new Date() };
}

/**
 * Whether there is any user; leads to set-up when there is none.
 * @param stay on the page, which is set-up itself
 * @returns null while the database is away
 */
async function isSetUp(stay = false): Promise<boolean | null> {
  let there: boolean;
  try {
    there = await hasUsers(runtime().db);
  } catch (error) {
    if (databaseAwayProblem(error)) return null;
    throw error;
  }
  if (!there && !stay) redirect("/setup");
  return there;
}
