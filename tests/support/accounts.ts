import { randomBytes } from "node:crypto";
import type { Sql } from "postgres";
import type { Role, Scope } from "@/lib/domain/access/access";
import { hashPassword } from "@/lib/server/auth/passwords";
import { hashOf, newSecret } from "@/lib/server/keys/secret";

/** The key that every test database has: all scopes, the whole estate. */
export const TEST_KEY = "sp_the-key-that-every-test-database-has";

/** The password of users made here, unless a test gives another one. */
export const PASSWORD = "a long walk by the river";

type Place = { facilityId?: number; zoneId?: number; deviceId?: number };
type KeyOverrides = Place & {
  name?: string;
  scopes?: Scope[];
  expiresAt?: Date;
  /** The secret; without it a random one. */
  secret?: string;
};

/** A key in the database, as the verb that creates keys leaves it. @returns its secret and id */
export async function makeKey(
  sql: Sql,
  { name = "test", scopes = ["ingest", "read", "manage"], secret, ...rest }: KeyOverrides = {},
): Promise<{ id: number; secret: string }> {
  const text = secret ?? newSecret().text;
  const [key] = await sql<[{ id: number }]>`
    insert into api_keys (name, scopes, facility_id, zone_id, device_id, expires_at, created_by)
    values (${name}, ${scopes}::api_scope[], ${rest.facilityId ?? null}, ${rest.zoneId ?? null},
            ${rest.deviceId ?? null}, ${rest.expiresAt ?? null}, 'test')
    returning id`;
  await sql`insert into api_key_secrets (key_id, hash, hint)
            values (${key.id}, ${hashOf(text)}, ${text.slice(0, 8)})`;
  return { id: key.id, secret: text };
}

export type TestUser = { id: number; email: string; role: Role; password: string };
type UserOverrides = { email?: string; name?: string; password?: string; facilityIds?: number[] };

let made = 0;
let hashed: Promise<string> | undefined;

/** A user who can sign in with `PASSWORD`; with `facilityIds` limited to those. */
export async function makeUser(
  sql: Sql,
  role: Role,
  { email, name, password, facilityIds }: UserOverrides = {},
): Promise<TestUser> {
  const address = email ?? `${role}-${++made}@example.com`;
  hashed ??= hashPassword(PASSWORD);
  const hash = password === undefined ? await hashed : await hashPassword(password);
  const [user] = await sql<[{ id: number }]>`
    insert into users (email, name, role, all_facilities, password_hash, password_changed_at)
    values (${address}, ${name ?? `The ${role}`}, ${role}, ${facilityIds === undefined}, ${hash}, now())
    returning id`;
  for (const facilityId of facilityIds ?? []) {
    await sql`insert into user_facilities (user_id, facility_id) values (${user.id}, ${facilityId})`;
  }
  return { id: user.id, email: address, role, password: password ?? PASSWORD };
}

/** A session of a user, without signing in. @returns the token that its cookie holds */
export async function makeSession(sql: Sql, { id }: { id: number }): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await sql`
    insert into sessions (token_hash, user_id, created_at, expires_at, last_seen_at)
    values (${hashOf(token)}, ${id}, now(), now() + interval '7 days', now())`;
  return token;
}

/** The cookie of a session over plain http, as a header holds it. */
export const sessionCookie = (token: string) => `next-auth.session-token=${token}`;

/** Headers of a request in the name of a new user of this role. */
export async function asUser(sql: Sql, role: Role, overrides?: UserOverrides) {
  const user = await makeUser(sql, role, overrides);
  return { Cookie: sessionCookie(await makeSession(sql, user)) };
}
