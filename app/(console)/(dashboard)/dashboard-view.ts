import { z } from "zod";
import { CONNECTIONS } from "@/lib/domain/connection";
import { CodeSought, CodeText, LocalDate } from "@/lib/domain/fields";
import { Search } from "@/lib/domain/filters";
import { DEVICE_STATUSES } from "@/lib/domain/health";

export type PageQuery = Record<string, string | string[] | undefined>;

/** Dates that can hold data; the page's arithmetic stays within four-digit years. */
export const EARLIEST_DATE = "2000-01-01";
export const LATEST_DATE = "2999-12-31";

const first = (value: unknown) => {
  const text = Array.isArray(value) ? value[0] : value;
  return text === "" ? undefined : text;
};
const optional = <S extends z.ZodType>(schema: S) => z.preprocess(first, schema.optional());

const ViewDate = LocalDate.refine(
  (date) => date >= EARLIEST_DATE && date <= LATEST_DATE,
  `Must be from ${EARLIEST_DATE} to ${LATEST_DATE}.`,
);

/** What the address asks the dashboard to show. */
const DashboardView = z.object({
  date: optional(ViewDate),
  /** An id or a code. */
  facility: optional(CodeSought),
  /** An id or a code. */
  zone: optional(CodeSought),
  /** Whether the hours stand beside those of a week before. */
  compare: optional(z.literal("off")).catch(undefined),
  // A filter that does not exist filters nothing, and its control shows so.
  search: optional(Search).catch(undefined),
  status: optional(z.enum(DEVICE_STATUSES)).catch(undefined),
  connection: optional(z.enum(CONNECTIONS)).catch(undefined),
  /** The device codes after which the pages so far began, that of the page in view last. */
  after: z.preprocess(
    (value) => [value ?? []].flat().filter((text) => CodeText.safeParse(text).success),
    z.array(CodeText),
  ),
});
export type DashboardView = z.infer<typeof DashboardView>;

/** What a page can't be shown without: a day of another place would look as if it were this one's. */
const REFUSED = ["date", "facility", "zone"] as const;
export type RefusedParameter = (typeof REFUSED)[number];

/** @returns the view, or the parameter that makes no sense with the text that was given */
export function parseDashboardView(
  query: PageQuery,
): { view: DashboardView } | { refused: RefusedParameter; given: string; reason: string } {
  const result = DashboardView.safeParse(query);
  if (result.success) return { view: result.data };
  const issue = result.error.issues[0];
  const refused = REFUSED.find((name) => name === issue?.path[0]) ?? "date";
  return { refused, given: String(first(query[refused])), reason: issue?.message ?? "" };
}
