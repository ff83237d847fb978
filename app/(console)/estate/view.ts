import {
  addressView,
  code,
  date,
  oneOf,
  search,
  texts,
  type ViewOf,
} from "@/app/_ui/addresses/address";
import { EARLIEST_DATE, LATEST_DATE } from "@/lib/domain/values/dates";
import { type CodeCursor, LIST_ORDERS, type ListOrder } from "@/lib/domain/values/paging";

const MAX_ID_DIGITS = 10;
/** The things after which the pages so far began, that of the page in view last. */
const after = texts(new RegExp(`^\\d{1,${MAX_ID_DIGITS}}\\..{1,128}$`, "su"));

const LIST = {
  search: search(),
  /** Only what is retired, or that too. */
  retired: oneOf(["true", "all"], undefined),
  sort: oneOf(LIST_ORDERS, "code"),
  after,
};
/** An id or a code. */
const facility = code();

export const facilitiesView = addressView("/estate", LIST);
export const zonesView = addressView("/estate/zones", { facility, ...LIST });
export const devicesView = addressView("/estate/devices", { facility, zone: code(), ...LIST });
export const targetsView = addressView("/estate/targets", {
  ...{ facility, search: search(), after },
  /** The Monday of a week of targets, or any other day of it. */
  week: date(EARLIEST_DATE, LATEST_DATE),
});

export type TargetsView = ViewOf<typeof targetsView>;

type ListView = { search?: string; retired?: "true" | "all"; sort: ListOrder; after: string[] };

export const ROWS_PER_PAGE = 50;

/** What a page shows of a list, as the list's read takes it. */
export function listOf({ search, retired, sort, after }: ListView) {
  const which = { undefined: false, true: true, all: undefined }[String(retired)];
  return { search, sort, retired: which, limit: ROWS_PER_PAGE, cursor: cursorOf(after) };
}

/** Where the page in view begins. */
export function cursorOf(after: string[]): CodeCursor | undefined {
  const text = after.at(-1);
  if (text === undefined) return undefined;
  const dot = text.indexOf(".");
  return { id: Number(text.slice(0, dot)), code: text.slice(dot + 1) };
}

/** Where a list goes on, as it stands in the address. */
export const pageStart = (cursor: CodeCursor | null) => cursor && `${cursor.id}.${cursor.code}`;

/** Whether someone narrowed the list down. */
export const isFiltered = ({ search, retired, zone }: Partial<ListView> & { zone?: string }) =>
  [search, retired, zone].some((filter) => filter !== undefined);
