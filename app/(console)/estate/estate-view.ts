import { z } from "zod";
import { CodeSought, LocalDate } from "@/lib/domain/fields";
import { Search } from "@/lib/domain/filters";
import { type CodeCursor, LIST_ORDERS } from "@/lib/domain/paging";

export type PageQuery = Record<string, string | string[] | undefined>;

const first = (value: unknown) => {
  const text = Array.isArray(value) ? value[0] : value;
  return text === "" ? undefined : text;
};
// A filter that makes no sense filters nothing, and its control shows so.
const optional = <S extends z.ZodType>(schema: S) =>
  z.preprocess(first, schema.optional()).catch(undefined);

const MAX_ID_DIGITS = 10;
const PageStart = z.string().regex(new RegExp(`^\\d{1,${MAX_ID_DIGITS}}\\..{1,128}$`, "su"));

/** What the address asks the lists of the estate to show. */
const EstateView = z.object({
  /** An id or a code, as is the zone. */
  facility: optional(CodeSought),
  zone: optional(CodeSought),
  search: optional(Search),
  /** Only what is retired, or that too. */
  retired: optional(z.enum(["true", "all"])),
  sort: optional(z.enum(LIST_ORDERS)),
  /** The Monday of a week of targets, or any other day of it. */
  week: optional(LocalDate.refine((date) => date >= "2000-01-01" && date <= "2999-12-31")),
  /** The things after which the pages so far began, that of the page in view last. */
  after: z.preprocess(
    (value) => [value ?? []].flat().filter((text) => PageStart.safeParse(text).success),
    z.array(PageStart),
  ),
});
export type EstateView = z.infer<typeof EstateView>;

export function parseEstateView(query: PageQuery): EstateView {
  return EstateView.parse(query);
}

export const ROWS_PER_PAGE = 50;

/** What a page shows of a list, as the list's read takes it. */
export function listOf({ search, retired, sort, after }: EstateView) {
  const which = { undefined: false, true: true, all: undefined }[String(retired)];
  return { search, sort, retired: which, limit: ROWS_PER_PAGE, cursor: cursorOf(after.at(-1)) };
}

function cursorOf(text: string | undefined): CodeCursor | undefined {
  if (text === undefined) return undefined;
  const dot = text.indexOf(".");
  return { id: Number(text.slice(0, dot)), code: text.slice(dot + 1) };
}

/** Where a list goes on, as it stands in the address. */
export const pageStart = (cursor: CodeCursor | null) => cursor && `${cursor.id}.${cursor.code}`;

/** Whether someone narrowed the list down. */
export const isFiltered = ({ search, retired, zone }: EstateView) =>
  [search, retired, zone].some((filter) => filter !== undefined);
