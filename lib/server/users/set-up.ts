import { sql } from "drizzle-orm";
import { conflict } from "@/lib/domain/problem";
import type { SetupMessage } from "@/lib/domain/user";
import { hashPassword, inPasswordTurn, requireStrongPassword } from "@/lib/server/auth/passwords";
import { type Actor, type Context, SYSTEM } from "@/lib/server/context";
import { createFacility } from "@/lib/server/facilities/create-facility";
import { createUser } from "./create-user";
import { hasUsers } from "./read-users";

/** Any fixed number: of two who set up at once one is the administrator. */
const SETUP_LOCK = 7_203_117;

/**
 * The first start: makes the administrator and, if asked, the first facility. Closed for good once
 * there is any user.
 * @throws Problem 409 when it is closed, 400 for input that can't be used; then nothing was made
 */
export async function setUp(
  context: Context,
  message: SetupMessage,
): Promise<{ email: string; facility_id: number | null }> {
  if (await hasUsers(context.db)) throw closed();
  const { name, email, password, facility } = message;
  requireStrongPassword("password", password, [email, name]);
  const passwordHash = await inPasswordTurn(() => hashPassword(password));
  return context.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${SETUP_LOCK})`);
    if (await hasUsers(tx)) throw closed();
    const { address } = context.actor;
    const within = { ...context, db: tx, actor: { ...SYSTEM, name: "setup", address } };
    const { id } = await createUser(within, { name, email, role: "admin", passwordHash });
    const actor: Actor = { ...within.actor, kind: "user", role: "admin", id, name: email };
    const made = facility ? await createFacility({ ...within, actor }, facility) : null;
    return { email, facility_id: made?.id ?? null };
  });
}

const closed = () => conflict("This installation has its administrator already; sign in.");
