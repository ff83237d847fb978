import { addressView, date, oneOf, search, texts, type ViewOf } from "@/app/_ui/addresses/address";
import { withQuery } from "@/app/_ui/addresses/query";

/** What entries can be about: the nouns of their actions. */
export const AUDIT_NOUNS = [
  "facility",
  "zone",
  "device",
  "devices",
  "target",
  "targets",
  "alert",
  "key",
  "user",
  "session",
  "sign_in",
] as const;

/** What the address asks the audit log to show. */
export const auditView = addressView("/audit", {
  search: search(),
  action: oneOf(AUDIT_NOUNS, undefined),
  from: date(),
  to: date(),
  /** The entries after which the pages so far began, that of the page in view last. */
  after: texts(/^[1-9]\d{0,14}$/),
});
export type AuditView = ViewOf<typeof auditView>;
export type AuditFilters = Omit<AuditView, "after">;

/** The address of a file with every entry that the filters let through. */
export const auditFileAddress = ({ search, action, from, to }: AuditFilters): string =>
  withQuery("/api/audit", { format: "csv", search, action, from, to });
