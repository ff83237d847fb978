import { z } from "zod";
import { LocalDate } from "@/lib/domain/fields";
import { Search } from "@/lib/domain/filters";

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

const first = (value: unknown) => {
  const text = Array.isArray(value) ? value[0] : value;
  return text === "" ? undefined : text;
};
// A filter that makes no sense filters nothing, and its control shows so.
const optional = <S extends z.ZodType>(schema: S) =>
  z.preprocess(first, schema.optional()).catch(undefined);

const PageStart = z.string().regex(/^[1-9]\d{0,14}$/);

/** What the address asks the audit log to show. */
const AuditView = z.object({
  search: optional(Search),
  action: optional(z.enum(AUDIT_NOUNS)),
  from: optional(LocalDate),
  to: optional(LocalDate),
  /** The entries after which the pages so far began, that of the page in view last. */
  after: z.preprocess(
    (value) => [value ?? []].flat().filter((text) => PageStart.safeParse(text).success),
    z.array(PageStart),
  ),
});
export type AuditView = z.infer<typeof AuditView>;
export type AuditFilters = Omit<AuditView, "after">;

export function parseAuditView(query: Record<string, string | string[] | undefined>): AuditView {
  return AuditView.parse(query);
}

/** The address of a file with every entry that the filters let through. */
export function auditFileAddress({ search, action, from, to }: AuditFilters): string {
  const given = Object.entries({ format: "csv", search, action, from, to });
  const query = new URLSearchParams(given.filter((entry): entry is [string, string] => !!entry[1]));
  return `/api/audit?${query}`;
}
