import { and, eq, isNull, ne, sql } from "drizzle-orm";
import { invitations, userFacilities, users } from "@/db/schema-access";
import { conflict } from "@/lib/domain/problem";
import type { UserChange } from "@/lib/domain/user";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context } from "@/lib/server/context";
import { endSessionsOf } from "@/lib/server/sessions/end-sessions";
import { requireAllForAdmin, setFacilities } from "./create-user";
import { readUser, type User } from "./read-users";

/** Any fixed number: two administrators must not take each other's role away at once. */
const USERS_LOCK = 7_203_116;

/**
 * Changes a user. Another role, other facilities or being disabled ends their sessions at once.
 * @throws Problem 404, 400 for a facility that does not exist, 409 when no administrator would be
 *   left
 */
export async function updateUser(
  context: Context,
  { id, change }: { id: number; change: UserChange },
): Promise<User> {
  return context.db.transaction(async (tx) => {
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
    const after = await readUser(within, id);
    if (changesAccess(before, after)) await endSessionsOf(tx, id);
    const subject = { id, name: before.email };
    await recordAudit(within, { action: "user.updated", subject, before, after });
    return after;
  });
}

const changesAccess = (before: User, after: User) =>
  before.role !== after.role ||
  before.status !== after.status ||
  JSON.stringify(before.facility_ids) !== JSON.stringify(after.facility_ids);

/** @throws Problem 409: without an administrator nobody could ever make one again */
async function requireOtherAdmin({ db }: Context, id: number): Promise<void> {
  const others = await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, "admin"), isNull(users.disabledAt), ne(users.id, id)))
    .limit(1);
  if (others.length === 0) throw conflict("The last administrator has to stay one.");
}
