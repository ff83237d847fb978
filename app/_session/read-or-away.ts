import { isProblem, type Problem } from "@/lib/domain/values/problem";
import { databaseAwayProblem } from "@/lib/server/http/answer";

/** What a page has read, or why it can't show anything. */
export type PageRead<T> =
  | { kind: "read"; value: T }
  | { kind: "away" }
  /** The address names what does not exist for the viewer. */
  | { kind: "nowhere"; problem: Problem };

/** @throws what is neither an outage nor the address's fault: a fault of the program */
export async function readPage<T>(read: () => Promise<T>): Promise<PageRead<T>> {
  try {
    return { kind: "read", value: await read() };
  } catch (error) {
    if (databaseAwayProblem(error)) return { kind: "away" };
    if (isProblem(error) && error.status < 500) return { kind: "nowhere", problem: error };
    throw error;
  }
}

/**
 * What a part of a page reads; null while the database is away.
 * @throws what is no outage of the database
 */
export async function readOrAway<T>(read: () => Promise<T>): Promise<T | null> {
  const page = await readPage(read);
  if (page.kind === "nowhere") throw page.problem;
  return page.kind === "read" ? page.value : null;
}
