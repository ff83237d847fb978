import { sql } from "drizzle-orm";
import type { ReadContext } from "@/lib/server/context";
import { readUser, type User } from "./read-users";

/** What users see of themselves. */
export type Profile = Pick<User, "id" | "email" | "name" | "role" | "facility_ids"> & {
  has_password: boolean;
};

/** The user who asks. */
export async function readProfile({ db, actor }: ReadContext): Promise<Profile> {
  const { id, email, name, role, facility_ids } = await readUser({ db }, actor.id ?? 0);
  const [row] = await db.execute<{ has_password: boolean }>(sql`
    select password_hash is not null as has_password from users where id = ${id}::int`);
  return { id, email, name, role, facility_ids, has_password: row?.has_password ?? false };
}
