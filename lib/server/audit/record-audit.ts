import { auditLog } from "@/db/schema-access";
import type { Context } from "@/lib/server/context";

type Noun = "facility" | "zone" | "device" | "target" | "key" | "user";

/** What the audit log can tell: every change that an operator makes, and sign-ins. */
export type AuditAction =
  | `${Noun}.${"created" | "updated" | "deleted"}`
  | "alert.acknowledged"
  | "alert.several_acknowledged"
  | "alert.unacknowledged"
  | "alert.several_unacknowledged"
  | "demo.begun"
  | "demo.made"
  | "devices.imported"
  | "key.rotated"
  | "key.revoked"
  | "session.ended"
  | "sign_in.failed"
  | "sign_in.succeeded"
  | "targets.copied"
  | "targets.imported"
  | "user.invited"
  | "user.invitation_accepted"
  | "user.password_changed"
  | "user.sessions_ended";

/** What happened to what; `before` and `after` never hold a secret. */
export type AuditEntry = {
  action: AuditAction;
  subject: { id: number | null; name: string };
  before?: object;
  after?: object;
};

/**
 * Writes down who did what, inside the transaction that does it: neither is there without the
 * other. Of an update only the fields that differ are kept; one that changed nothing is no entry.
 */
export async function recordAudit(
  { db, actor, now }: Context,
  { action, subject, before, after }: AuditEntry,
): Promise<void> {
  const fields = before && after ? differing(before, after) : null;
  if (fields?.length === 0) return;
  await db.insert(auditLog).values({
    at: now,
    actorKind: actor.kind,
    actorId: actor.id,
    actorName: actor.name,
    address: actor.address,
    action,
    subjectId: subject.id,
    subjectName: subject.name,
    before: before && only(before, fields),
    after: after && only(after, fields),
  });
}

const fieldOf = (object: object, field: string) => (object as Record<string, unknown>)[field];

function differing(before: object, after: object): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (field) => JSON.stringify(fieldOf(before, field)) !== JSON.stringify(fieldOf(after, field)),
  );
}

function only(object: object, fields: string[] | null): Record<string, unknown> {
  const kept = fields ?? Object.keys(object);
  return Object.fromEntries(kept.map((field) => [field, fieldOf(object, field) ?? null]));
}
