import { z } from "zod";
import { CodeSought, LocalDate } from "@/lib/domain/fields";
import { Search } from "@/lib/domain/filters";
import { DEVICE_STATUSES } from "@/lib/domain/health";
import { STATE_FILTERS } from "@/lib/domain/live";
import {
  HEARTBEAT_COLUMNS,
  type HeartbeatSort,
  WORST_FIRST,
} from "@/lib/server/devices/read-heartbeat";

export type PageQuery = Record<string, string | string[] | undefined>;

/** Dates that can hold data; the page's arithmetic stays within four-digit years. */
export const EARLIEST_DATE = "2000-01-01";
export const LATEST_DATE = "2999-12-31";

const first = (value: unknown) => {
  const text = Array.isArray(value) ? value[0] : value;
  return text === "" ? undefined : text;
};
const optional = <S extends z.ZodType>(schema: S) => z.preprocess(first, schema.optional());

/** A column of the heartbeat table, with "-" before it turned round; the worst first without one. */
const Sort = z
  .preprocess(first, z.string().optional())
  .catch(undefined)
  .transform((text = ""): HeartbeatSort => {
    const column = HEARTBEAT_COLUMNS.find((name) => name === text.replace(/^-/, ""));
    return column ? { column, descending: text.startsWith("-") } : WORST_FIRST;
  });

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
  state: optional(z.enum(STATE_FILTERS)).catch(undefined),
  sort: Sort,
  /** How many devices come before the page in view. */
  after: z
    .preprocess(first, z.string().regex(/^\d{1,7}$/))
    .catch("0")
    .transform(Number),
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
