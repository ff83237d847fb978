import { sql } from "drizzle-orm";
import {
  bigserial,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  varchar,
} from "drizzle-orm/pg-core";
import { id, instant } from "./columns";
import { devices, facilities, zones } from "./schema";

export const userRole = pgEnum("user_role", ["viewer", "operator", "manager", "admin"]);
export const apiScope = pgEnum("api_scope", ["ingest", "read", "manage"]);
export const actorKind = pgEnum("actor_kind", ["system", "visitor", "user", "key"]);

/** People who sign in. They are disabled, never deleted: the audit log goes on naming them. */
export const users = pgTable(
  "users",
  {
    id: id(),
    /** In lower case. */
    email: varchar("email", { length: 254 }).notNull().unique(),
    name: varchar("name", { length: 200 }).notNull(),
    role: userRole("role").notNull(),
    /** False: only those of `user_facilities`. */
    allFacilities: boolean("all_facilities").notNull().default(true),
    /** Argon2id, with its parameters; null until an invitation is accepted, or with OpenID Connect. */
    passwordHash: text("password_hash"),
    passwordChangedAt: instant("password_changed_at"),
    /** Whom the OpenID provider means; set at the first sign-in through it. */
    oidcIssuer: text("oidc_issuer"),
    oidcSubject: text("oidc_subject"),
    createdAt: instant("created_at").notNull().defaultNow(),
    lastSignInAt: instant("last_sign_in_at"),
    disabledAt: instant("disabled_at"),
  },
  (t) => [uniqueIndex("users_oidc").on(t.oidcIssuer, t.oidcSubject)],
);

/** The facilities that a limited user may see. */
export const userFacilities = pgTable(
  "user_facilities",
  {
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    facilityId: integer("facility_id")
      .notNull()
      .references(() => facilities.id, { onDelete: "cascade" }),
  },
  (t) => [primaryKey({ columns: [t.userId, t.facilityId] })],
);

/** Sessions that hold; one that ends is deleted. Only a hash of what the browser keeps is here. */
export const sessions = pgTable(
  "sessions",
  {
    id: id(),
    tokenHash: text("token_hash").notNull().unique(),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    lastSeenAt: instant("last_seen_at").notNull(),
    address: text("address"),
    userAgent: text("user_agent"),
  },
  (t) => [index("sessions_user").on(t.userId)],
);

/** The one link by which a user may set a password: an invitation, or a reset. */
export const invitations = pgTable("invitations", {
  userId: integer("user_id")
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  tokenHash: text("token_hash").notNull().unique(),
  createdAt: instant("created_at").notNull(),
  expiresAt: instant("expires_at").notNull(),
});

/** Failed sign-ins in a row, by account and by address; the lock grows with them. */
export const signInFailures = pgTable("sign_in_failures", {
  /** `account:<e-mail>` or `address:<address>`. */
  subject: text("subject").primaryKey(),
  failures: integer("failures").notNull(),
  lastFailedAt: instant("last_failed_at").notNull(),
  lockedUntil: instant("locked_until"),
});

/** Keys of devices, gateways and scripts; without a place they reach the whole estate. */
export const apiKeys = pgTable(
  "api_keys",
  {
    id: id(),
    name: varchar("name", { length: 200 }).notNull(),
    scopes: apiScope("scopes").array().notNull(),
    facilityId: integer("facility_id").references(() => facilities.id, { onDelete: "cascade" }),
    zoneId: integer("zone_id").references(() => zones.id, { onDelete: "cascade" }),
    deviceId: integer("device_id").references(() => devices.id, { onDelete: "cascade" }),
    createdBy: text("created_by").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    expiresAt: instant("expires_at"),
    revokedAt: instant("revoked_at"),
    lastUsedAt: instant("last_used_at"),
  },
  (t) => [
    check(
      "api_keys_one_place",
      sql`num_nonnulls(${t.facilityId}, ${t.zoneId}, ${t.deviceId}) <= 1`,
    ),
    check("api_keys_some_scope", sql`cardinality(${t.scopes}) > 0`),
  ],
);

/** The secrets of a key: one, and while it is rotated the old one beside the new one. */
export const apiKeySecrets = pgTable(
  "api_key_secrets",
  {
    id: id(),
    keyId: integer("key_id")
      .notNull()
      .references(() => apiKeys.id, { onDelete: "cascade" }),
    /** SHA-256 of the secret, which is random enough to need no slow hash. */
    hash: text("hash").notNull().unique(),
    /** Its first characters, to tell it by. */
    hint: varchar("hint", { length: 16 }).notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    /** Set when a newer secret takes over. */
    validUntil: instant("valid_until"),
  },
  (t) => [index("api_key_secrets_key").on(t.keyId)],
);

/** Who did what to what. A trigger keeps rows from being changed or removed (migration 0003). */
export const auditLog = pgTable(
  "audit_log",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    at: instant("at").notNull(),
    actorKind: actorKind("actor_kind").notNull(),
    actorId: integer("actor_id"),
    actorName: text("actor_name").notNull(),
    address: text("address"),
    /** Noun and verb: `device.updated`. */
    action: text("action").notNull(),
    subjectId: integer("subject_id"),
    subjectName: text("subject_name").notNull(),
    /** What changed, as it was and as it is; null where there was or is nothing. */
    before: jsonb("before").$type<Record<string, unknown>>(),
    after: jsonb("after").$type<Record<string, unknown>>(),
  },
  (t) => [index("audit_log_action").on(t.action, t.id)],
);
