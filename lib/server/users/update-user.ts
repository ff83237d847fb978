import { and, eq, isNotNull, isNull, ne, or, sql } from "drizzle-orm";
import { invitations, userFacilities, users } from "@/db/schema-access";
import type { UserChange } from "@/lib/domain/access/user";
import { conflict } from "@/lib/domain/values/problem";
import { env } from "@/lib/env";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context } from "@/lib/server/context";
import { rememberKey } from "@/lib/server/keys/change-keys";
import { keysMadeBy } from "@/lib/server/keys/keys-made-by";
import { revokeKeysMadeBy } from "@/lib/server/keys/revoke-key";
import { endSessionsOf } from "@/lib/server/sessions/end-sessions";
import { requireAllForAdmin, setFacilities } from "./create-user";
import { readUser, type User } from "./read-users";

/** Any fixed number: two administrators must not take each other's role away at once. */
const USERS_LOCK = 7_203_116;

/** Names of keys that a refusal lists. */
const LISTED_KEYS = 20;

/**
 * Changes a user. Another role, other facilities or being disabled ends their sessions at once.
 * @throws Problem 404, 400 for a facility that does not exist, 409 when no administrator would be
 *   left who can sign in, or nothing says what becomes of the keys of a user who is disabled
 */
export async function updateUser(
  context: Context,
  { id, change }: { id: number; change: UserChange },
): Promise<User> {
  let revoked: number[] = [];
  const user = await context.db.transaction(async (tx) => {
    const within = { ...context, db: tx };
    await tx.execute(sql`select pg_advisory_xact_lock(${USERS_LOCK})`);
    const before = await readUser(within, id);
    const role = change.role ?? before.role;
    const disabled = change.disabled ?? before.status === "disabled";
    const facilityIds =
      change.facility_ids === undefined ? before.facility_ids : change.facility_ids;
    requireAllForAdmin(role, facilityIds);
    const wasAdmin = before.role === "admin" && before.status !== "disabled";
    if (wasAdmin && (role !== "admin" || disabled)) await requireOtherAdmin(within, id);
    await tx
      .update(users)
      .set({
        role,
        name: change.name ?? before.name,
        allFacilities: facilityIds === null,
        disabledAt: disabled
          ? sql`coalesce(${users.disabledAt}, ${within.now.toISOString()})`
          : null,
      })
      .where(eq(users.id, id));
    await tx.delete(userFacilities).where(eq(userFacilities.userId, id));
    await setFacilities(within, id, facilityIds);
    if (disabled) await tx.delete(invitations).where(eq(invitations.userId, id));
    if (change.revoke_keys) revoked = await revokeKeysMadeBy(within, id);
    else if (change.disabled && before.status !== "disabled")
      await requireChoice(within, id, change);
    const after = await readUser(within, id);
    if (changesAccess(before, after)) await endSessionsOf(tx, id);
    const subject = { id, name: before.email };
    await recordAudit(within, { action: "user.updated", subject, before, after });
    return after;
  });
  for (const key of revoked) await rememberKey(key);
  return user;
}

/** @throws Problem 409 that names the keys, while nothing says what becomes of them */
async function requireChoice(context: Context, id: number, { revoke_keys }: UserChange) {
  if (revoke_keys === false) return;
  const keys = await keysMadeBy(context, id);
  if (keys.length === 0) return;
  const names = keys.slice(0, LISTED_KEYS).map(({ name }) => `“${name}”`);
  const more = keys.length > names.length ? ` and ${keys.length - names.length} more` : "";
  const made = keys.length === 1 ? "a key that still works" : `${keys.length} keys that still work`;
  throw conflict(`This user made ${made}: ${names.join(", ")}${more}.`, {
    revoke_keys: ["Say true to revoke these keys, or false to keep them working."],
  });
}

const changesAccess = (before: User, after: User) =>
  before.role !== after.role ||
  before.status !== after.status ||
  JSON.stringify(before.facility_ids) !== JSON.stringify(after.facility_ids);

/**
 * @throws Problem 409: without an administrator who can sign in, no one could make one. An
 *   invitation does not count until it is accepted, nor single sign-on while it is not configured.
 */
async function requireOtherAdmin({ db }: Context, id: number): Promise<void> {
  const signsIn = env().OIDC_ISSUER
    ? or(isNotNull(users.passwordHash), isNotNull(users.oidcSubject))
    : isNotNull(users.passwordHash);
  const others = await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, "admin"), isNull(users.disabledAt), ne(users.id, id), signsIn))
    .limit(1);
  if (others.length > 0) return;
  throw conflict(
    "The last administrator has to stay one. An invited one counts once they can sign in.",
  );
}
