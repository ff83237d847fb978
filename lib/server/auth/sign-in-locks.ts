import { inArray, sql } from "drizzle-orm";
import type { Connection } from "@/db/client";
import { signInFailures } from "@/db/schema-access";
import { FAILURES_KEPT_SECONDS, lockSeconds } from "@/lib/domain/access/lockout";

/** Who is counted: the account that was asked for, whether or not it exists, and the address. */
export type Attempt = { email: string; address: string | null };

const accountOf = ({ email }: Attempt) => `account:${email}`;
const addressOf = ({ address }: Attempt) => `address:${address ?? "unknown"}`;

/** @returns how many seconds the account or the address is still locked, 0 when neither is */
export async function lockedForSeconds(
  db: Connection,
  attempt: Attempt,
  now: Date,
): Promise<number> {
  const [row] = await db
    .select({ until: sql<string | null>`max(${signInFailures.lockedUntil})` })
    .from(signInFailures)
    .where(inArray(signInFailures.subject, [accountOf(attempt), addressOf(attempt)]));
  if (!row?.until) return 0;
  return Math.max(0, Math.ceil((new Date(row.until).getTime() - now.getTime()) / 1000));
}

/** Counts a failure, and locks account and address when it was one too many. */
export async function countFailure(db: Connection, attempt: Attempt, now: Date): Promise<void> {
  const at = sql`${now.toISOString()}::timestamptz`;
  for (const [kind, subject] of [
    ["account", accountOf(attempt)],
    ["address", addressOf(attempt)],
  ] as const) {
    const [row] = await db.execute<{ failures: number }>(sql`
      insert into sign_in_failures as f (subject, failures, last_failed_at)
      values (${subject}, 1, ${at})
      on conflict (subject) do update set last_failed_at = ${at}, failures = 1 + case
        when f.last_failed_at < ${at} - make_interval(secs => ${FAILURES_KEPT_SECONDS}) then 0
        else f.failures end
      returning failures`);
    const seconds = lockSeconds(kind, row?.failures ?? 0);
    if (seconds === 0) continue;
    await db.execute(sql`
      update sign_in_failures set locked_until = ${at} + make_interval(secs => ${seconds})
      where subject = ${subject}`);
  }
}

/** The account starts again; its address may still be guessing at others. */
export async function forgetFailures(db: Connection, email: string): Promise<void> {
  await db.execute(sql`
    delete from sign_in_failures where subject = ${accountOf({ email, address: null })}`);
}
