import type { AuditRow } from "@/lib/server/audit/read-audit";
import type { AuditAction } from "@/lib/server/audit/record-audit";

const VERBS: Record<string, string> = {
  created: "created",
  updated: "changed",
  deleted: "deleted",
  acknowledged: "acknowledged",
  rotated: "rotated",
  revoked: "revoked",
};

/** Actions that are no noun and verb in plain English; the name follows. */
const PHRASES: Partial<Record<AuditAction, string>> = {
  "alert.several_acknowledged": "acknowledged",
  "alert.unacknowledged": "undid the acknowledgement of alert",
  "alert.several_unacknowledged": "undid the acknowledgement of",
  "demo.begun": "started to create",
  "demo.made": "created",
  "devices.imported": "imported devices,",
  "session.ended": "ended a session of",
  "sign_in.failed": "failed to sign in as",
  "sign_in.succeeded": "signed in as",
  "targets.copied": "copied targets,",
  "targets.imported": "imported targets,",
  "user.invited": "created a link for",
  "user.invitation_accepted": "set a password with the link for",
  "user.password_changed": "changed the password of",
  "user.sessions_ended": "ended all sessions of",
};

/** What someone did, as it goes on after their name: "changed device A-001". */
export function actionInWords({ action, subject_name }: AuditRow): string {
  const [noun = "", verb = ""] = action.split(".");
  const phrase = PHRASES[action as AuditAction] ?? `${VERBS[verb] ?? verb} ${noun}`;
  return `${phrase} ${subject_name}`;
}
