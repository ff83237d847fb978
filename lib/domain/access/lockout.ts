/** Failures in a row that cost nothing: people mistype. An address may be that of a whole office. */
const FREE_FAILURES = { account: 5, address: 20 };
const FIRST_LOCK_SECONDS = 30;
const LONGEST_LOCK_SECONDS = 3_600;
/** Failures are forgotten after this much quiet. */
export const FAILURES_KEPT_SECONDS = 24 * 3_600;

/**
 * How long no one can sign in after so many failures in a row: not at all at first, then 30 s, and
 * twice as long each further time, at most an hour.
 * @returns seconds
 */
export function lockSeconds(kind: keyof typeof FREE_FAILURES, failures: number): number {
  const beyond = failures - FREE_FAILURES[kind];
  if (beyond < 0) return 0;
  return Math.min(LONGEST_LOCK_SECONDS, FIRST_LOCK_SECONDS * 2 ** Math.min(beyond, 20));
}
