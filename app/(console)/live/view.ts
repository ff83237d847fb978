import {
  addressView,
  anyText,
  called,
  flag,
  oneOf,
  someOf,
  sortedBy,
  type ViewOf,
  whole,
} from "@/app/_ui/addresses/address";
import { DEVICE_STATUSES } from "@/lib/domain/devices/health";
import { STATE_FILTERS } from "@/lib/domain/devices/live";

/** The columns of the table, in their order; the first one is always shown. */
export const COLUMNS = [
  "device",
  "zone",
  "state",
  "since",
  "voltage",
  "current",
  "power",
  "seen",
  "health",
  "alerts",
] as const;
export type ColumnId = (typeof COLUMNS)[number];

/** What the address asks the Live page to show. */
export const liveView = addressView("/live", {
  /** An id or a code; null for all facilities. */
  facility: anyText(null),
  kind: called("view", oneOf(["table", "map"], "table")),
  search: anyText(""),
  /** The id of a zone. */
  zone: whole(10, null),
  state: oneOf(STATE_FILTERS, null),
  status: oneOf(DEVICE_STATUSES, null),
  /** Devices with open alerts alone. */
  alerting: called("alerts", flag("open")),
  /** Devices heard today alone, by the clock of their facility. */
  seenToday: called("seen", flag("today")),
  sort: sortedBy(COLUMNS, null),
  hidden: called("hide", someOf(COLUMNS.slice(1))),
});
export type LiveView = ViewOf<typeof liveView>;

/** A view that filters nothing, whatever else it is. */
export const UNFILTERED = {
  ...{ search: "", zone: null, state: null, status: null, alerting: false, seenToday: false },
} satisfies Partial<LiveView>;

export const isFiltered = ({ search, zone, state, status, alerting, seenToday }: LiveView) =>
  search !== "" || [zone, state, status].some((filter) => filter !== null) || alerting || seenToday;
