import { sql } from "drizzle-orm";
import type { SetupMessage } from "@/lib/domain/access/user";
import { conflict } from "@/lib/domain/values/problem";
import { hashPassword, inPasswordTurn, requireStrongPassword } from "@/lib/server/auth/passwords";
import { type Actor, type Context, SYSTEM } from "@/lib/server/context";
import { makeDemoGarage } from "@/lib/server/demo/make-demo-garage";
import { createFacility } from "@/lib/server/facilities/create-facility";
import { log } from "@/lib/server/log";
import { createUser } from "@/lib/server/users/create-user";
import { hasUsers } from "@/lib/server/users/read-users";

/** Any fixed number: of two who set up at once one is the administrator. */
const SETUP_LOCK = 7_203_117;

/**
 * The first start: makes the administrator and, if asked, the first facility and a demo estate.
 * Closed for good once there is any user.
 * @throws Problem 409 when it is closed, 400 for input that can't be used; then nothing was made
 */
export async function setUp(
  context: Context,
  message: SetupMessage,
): Promise<{ email: string; facility_id: number | null; demo: boolean }> {
  if (await hasUsers(context.db)) throw closed();
  const { name, email, password, facility } = message;
  requireStrongPassword("password", password, [email, name]);
  const passwordHash = await inPasswordTurn(() => hashPassword(password));
  const { actor, facilityId } = await context.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${SETUP_LOCK})`);
    if (await hasUsers(tx)) throw closed();
    const { address } = context.actor;
    const within = { ...context, db: tx, actor: { ...SYSTEM, name: "setup", address } };
    const { id } = await createUser(within, { name, email, role: "admin", passwordHash });
    const actor: Actor = { ...within.actor, kind: "user", role: "admin", id, name: email };
    const made = facility ? await createFacility({ ...within, actor }, facility) : null;
    return { actor, facilityId: made?.id ?? null };
  });
  const demo = Boolean(message.demo) && (await addDemo({ ...context, actor }, facility?.time_zone));
  return { email, facility_id: facilityId, demo };
}

/** What is set up stays so, whether or not there is a demo estate to look around in. */
async function addDemo(context: Context, timeZone = "UTC"): Promise<boolean> {
  try {
    await makeDemoGarage(context, timeZone);
    return true;
  } catch (error) {
    log().error({ err: error }, "no demo estate was made");
    return false;
  }
}

const closed = () => conflict("This installation already has an administrator. Sign in.");
