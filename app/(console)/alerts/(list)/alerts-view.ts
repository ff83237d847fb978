import { z } from "zod";
import { ALERT_STATES } from "@/lib/domain/alert-state";
import { ALERT_SEVERITIES, ALERT_TYPES } from "@/lib/domain/alerting";
import { CodeSought, LocalDate } from "@/lib/domain/fields";
import { Search } from "@/lib/domain/filters";
import { ALERT_GROUPINGS, AlertGroupCursor } from "@/lib/server/alerts/read-alert-groups";
import { AlertCursor } from "@/lib/server/alerts/read-alerts";

export type PageQuery = Record<string, string | string[] | undefined>;

export const ALERT_TABS = [...ALERT_STATES, "all"] as const;
export type AlertTab = (typeof ALERT_TABS)[number];

/** So many groups are opened at once; opening another closes the one opened first. */
export const MOST_GROUPS_OPENED = 8;

const first = (value: unknown) => {
  const text = Array.isArray(value) ? value[0] : value;
  return text === "" ? undefined : text;
};
// A filter that makes no sense filters nothing, and its control shows so.
const optional = <S extends z.ZodType>(schema: S) =>
  z.preprocess(first, schema.optional()).catch(undefined);
const texts = (schema: z.ZodString) =>
  z.preprocess(
    (value) => [value ?? []].flat().filter((text) => schema.safeParse(text).success),
    z.array(z.string()),
  );

/** What the address asks the page of alerts to show. */
const AlertsView = z.object({
  state: optional(z.enum(ALERT_TABS)).transform((tab): AlertTab => tab ?? "open"),
  severity: optional(z.enum(ALERT_SEVERITIES)),
  type: optional(z.enum(ALERT_TYPES)),
  /** Ids or codes. */
  facility: optional(CodeSought),
  zone: optional(CodeSought),
  device: optional(CodeSought),
  search: optional(Search),
  from: optional(LocalDate),
  to: optional(LocalDate),
  group: optional(z.enum(ALERT_GROUPINGS)),
  /** Keys of the groups that are opened. */
  opened: texts(z.string().regex(/^\w{1,32}$/)).transform((keys) =>
    keys.slice(-MOST_GROUPS_OPENED),
  ),
  /** Where the pages so far began, that of the page in view last. */
  after: texts(z.string().max(80)),
});
export type AlertsView = z.infer<typeof AlertsView>;

export function parseAlertsView(query: PageQuery): AlertsView {
  return AlertsView.parse(query);
}

/** The filters that can be removed; the facility is the frame's. */
export const FILTERS = ["severity", "type", "zone", "device", "search", "from", "to"] as const;

export const isFiltered = (view: AlertsView) => FILTERS.some((name) => view[name] !== undefined);

/** What `after` holds for a page of alerts, and for one of groups. */
export const afterAlert = ([at, id]: AlertCursor) => `${at}~${id}`;
export const afterGroup = ([worst, alerts, key]: AlertGroupCursor) => `${worst}~${alerts}~${key}`;

/** @returns undefined where the text is none: the list begins at its beginning then */
export function alertCursorOf(text: string | undefined): AlertCursor | undefined {
  const [at, id] = text?.split("~") ?? [];
  return AlertCursor.safeParse([at, Number(id)]).data;
}

export function groupCursorOf(text: string | undefined): AlertGroupCursor | undefined {
  const [worst, alerts, key] = text?.split("~") ?? [];
  return AlertGroupCursor.safeParse([worst, Number(alerts), key]).data;
}
