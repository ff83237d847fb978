import { Problem } from "@/lib/domain/values/problem";
import type { Actor } from "@/lib/server/context";
import { runtime } from "@/lib/server/runtime";
import { readSession, type Session } from "@/lib/server/sessions/read-session";
import { addressOf, type HeaderReader, isCrossSite, originOf } from "./request-facts";

/** Name of the cookie that holds a session's token; over https browsers keep it to https. */
const COOKIE = "next-auth.session-token";

/** The session's token that a request shows, if any. */
export function sessionTokenOf(header: HeaderReader): string | null {
  const name = originOf(header).startsWith("https:") ? `__Secure-${COOKIE}` : COOKIE;
  const cookies = header("cookie")?.split(";") ?? [];
  const found = cookies.find((cookie) => cookie.trimStart().startsWith(`${name}=`));
  return found?.slice(found.indexOf("=") + 1).trim() || null;
}

/** The session of a request; null without one, or when it is over. */
export async function sessionOf(header: HeaderReader, now: Date): Promise<Session | null> {
  const token = sessionTokenOf(header);
  return token === null ? null : readSession({ db: runtime().db, now }, token);
}

/** The user of a session, as verbs and reads see them. */
export function actorOfSession({ user }: Session, header: HeaderReader): Actor {
  const { id, email, role, reach } = user;
  return { kind: "user", role, id, name: email, reach, address: addressOf(header) };
}

/**
 * Who sends a request, by the session's cookie.
 * @returns null without a session
 * @throws Problem 403 when a page of another site made the browser send it
 */
export async function actorBySession(
  method: string,
  header: HeaderReader,
  now: Date,
): Promise<Actor | null> {
  const session = await sessionOf(header, now);
  if (!session) return null;
  requireSameSite(method, header);
  return actorOfSession(session, header);
}

/** @throws Problem 403 when a page of another site made the browser send a request that writes */
export function requireSameSite(method: string, header: HeaderReader): void {
  if (isCrossSite(method, header)) {
    throw new Problem(403, "This request comes from another site.");
  }
}
