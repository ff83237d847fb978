import { databaseAwayProblem } from "@/lib/server/http/answer";

/**
 * What a page reads; null while the database is away.
 * @throws what is no outage of the database: a fault of the program
 */
export async function readOrAway<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (databaseAwayProblem(error)) return null;
    throw error;
  }
}
