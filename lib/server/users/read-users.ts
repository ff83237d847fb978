import { eq, sql } from "drizzle-orm";
import type { Connection } from "@/db/client";
import { users } from "@/db/schema-access";
import type { Role } from "@/lib/domain/access/access";
import { notFound } from "@/lib/domain/values/problem";
import type { ReadContext } from "@/lib/server/context";
import { isoUtc } from "@/lib/server/sql";

/** A user as administrators see them. Times are ISO 8601 in UTC. */
export type User = {
  id: number;
  email: string;
  name: string;
  role: Role;
  /** Null: all facilities. */
  facility_ids: number[] | null;
  status: "active" | "invited" | "disabled";
  created_at: string;
  last_sign_in_at: string | null;
  /** Until when the link that was made for them holds. */
  invited_until: string | null;
};

const selectUsers = sql`
  select u.id, u.email, u.name, u.role,
         case when not u.all_facilities then coalesce(
           (select array_agg(facility_id order by facility_id) from user_facilities
            where user_id = u.id), '{}') end as facility_ids,
         case when u.disabled_at is not null then 'disabled'
              when u.password_hash is null and u.oidc_subject is null then 'invited'
              else 'active' end as status,
         ${isoUtc("u.created_at")} as created_at, ${isoUtc("u.last_sign_in_at")} as last_sign_in_at,
         (select ${isoUtc("i.expires_at")} from invitations i
          where i.user_id = u.id and i.expires_at > now()) as invited_until
  from users u`;

/** All users by e-mail address. */
export async function listUsers({ db }: ReadContext): Promise<User[]> {
  return [...(await db.execute<User>(sql`${selectUsers} order by u.email`))];
}

/** @throws Problem 404 */
export async function readUser({ db }: Pick<ReadContext, "db">, id: number): Promise<User> {
  const [user] = await db.execute<User>(sql`${selectUsers} where u.id = ${id}::int`);
  if (!user) throw notFound("User");
  return user;
}

/** @returns the id of a user, null when no one has this address */
export async function findUser(db: Connection, email: string): Promise<number | null> {
  const [user] = await db.select({ id: users.id }).from(users).where(eq(users.email, email));
  return user?.id ?? null;
}

/** Whether anybody can sign in yet: set-up is for before. */
export async function hasUsers(db: Connection): Promise<boolean> {
  const rows = await db.select({ id: users.id }).from(users).limit(1);
  return rows.length > 0;
}
