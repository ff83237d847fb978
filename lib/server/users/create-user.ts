import { inArray } from "drizzle-orm";
import { violatedUnique } from "@/db/errors";
import { facilities } from "@/db/schema";
import { userFacilities, users } from "@/db/schema-access";
import type { Role } from "@/lib/domain/access/access";
import type { UserMessage } from "@/lib/domain/access/user";
import { conflict, invalidInput } from "@/lib/domain/values/problem";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context } from "@/lib/server/context";
import { readUser, type User } from "./read-users";

/**
 * Adds a user; without a password they get one by an invitation. To be called in a transaction.
 * @throws Problem 400 for a facility that does not exist, 409 for an e-mail address that is taken
 */
export async function createUser(
  context: Context,
  message: UserMessage & { passwordHash?: string },
): Promise<User> {
  const { db, now } = context;
  const { email, name, role, facility_ids: facilityIds = null, passwordHash } = message;
  requireAllForAdmin(role, facilityIds);
  try {
    const [made] = await db
      .insert(users)
      .values({
        ...{ email, name, role, passwordHash, createdAt: now },
        allFacilities: facilityIds === null,
        passwordChangedAt: passwordHash ? now : null,
      })
      .returning({ id: users.id });
    const id = made!.id;
    await setFacilities(context, id, facilityIds);
    const user = await readUser(context, id);
    const subject = { id, name: email };
    await recordAudit(context, { action: "user.created", subject, after: user });
    return user;
  } catch (error) {
    if (!violatedUnique(error)) throw error;
    throw conflict("Another user has this e-mail address.", {
      email: ["Another user has this e-mail address."],
    });
  }
}

/** Settings and users belong to no facility, so who has charge of them can't be kept to some. */
export function requireAllForAdmin(role: Role, facilityIds: number[] | null): void {
  if (role === "admin" && facilityIds !== null) {
    throw invalidInput({ facility_ids: ["Administrators see all facilities."] });
  }
}

/** @throws Problem 400 for a facility that does not exist */
export async function setFacilities(
  { db }: Context,
  userId: number,
  facilityIds: number[] | null,
): Promise<void> {
  const wanted = [...new Set(facilityIds ?? [])];
  if (wanted.length === 0) return;
  const known = await db
    .select({ id: facilities.id })
    .from(facilities)
    .where(inArray(facilities.id, wanted));
  if (known.length < wanted.length) throw invalidInput({ facility_ids: ["No such facility."] });
  await db.insert(userFacilities).values(wanted.map((facilityId) => ({ userId, facilityId })));
}
