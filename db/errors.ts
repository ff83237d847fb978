const OUTAGE_CODES = new Set([
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "CONNECT_TIMEOUT",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ENOTFOUND",
  "ENOENT",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ETIMEDOUT",
  "55P03", // waited too long for a lock
]);
/**
 * Postgres error classes: connection, sign-in refused, no such database, transaction to be tried
 * again, resources, operator (shutdown, timeout), system.
 */
const OUTAGE_CLASSES = ["08", "28", "3D", "40", "53", "57", "58"];
const READ_ONLY_TRANSACTION = "25006";

/** The code of a database error, also through the wrapping of drizzle; undefined for other errors. */
export function databaseErrorCode(error: unknown): string | undefined {
  for (let e = error; e instanceof Object; e = (e as { cause?: unknown }).cause) {
    if ("code" in e && typeof e.code === "string") return e.code;
  }
  return undefined;
}

/** Whether an error means that the database is away or can't take work, not that a row was bad. */
export function isDatabaseAway(error: unknown): boolean {
  const code = databaseErrorCode(error);
  if (code === undefined) return false;
  if (OUTAGE_CODES.has(code) || code === READ_ONLY_TRANSACTION || isSystemError(error)) return true;
  return code.length === 5 && OUTAGE_CLASSES.includes(code.slice(0, 2));
}

/** Whether a socket failed, by the driver's word or the operating system's: never a statement. */
function isSystemError(error: unknown): boolean {
  for (let e = error; e instanceof Object; e = (e as { cause?: unknown }).cause) {
    if ("errno" in e) return true;
  }
  return false;
}

/** Whether the same transaction may succeed when it is run again (deadlock, serialization). */
export function isWorthRetrying(error: unknown): boolean {
  const code = databaseErrorCode(error);
  return code === "40001" || code === "40P01";
}

/** Whether someone else held a lock for longer than this connection waits. */
export function isLockTimeout(error: unknown): boolean {
  return databaseErrorCode(error) === "55P03";
}

/** The name of the unique constraint that a write ran into, if it did. */
export function violatedUnique(error: unknown): string | undefined {
  for (let e = error; e instanceof Object; e = (e as { cause?: unknown }).cause) {
    const { code, constraint_name: name } = e as { code?: string; constraint_name?: string };
    if (code === "23505") return name ?? "unknown";
  }
  return undefined;
}
