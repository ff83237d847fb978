import { DEVICE_STATUSES, type DeviceStatus } from "@/lib/domain/health";
import { STATE_FILTERS, type StateFilter } from "@/lib/domain/live";

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

/** What the address says of the page, beside the facility. */
export type LiveView = {
  kind: "table" | "map";
  search: string;
  /** The id of a zone. */
  zone: number | null;
  state: StateFilter | null;
  status: DeviceStatus | null;
  /** Devices with open alerts alone. */
  alerting: boolean;
  /** Devices heard today alone, by the clock of their facility. */
  seenToday: boolean;
  sort: { column: ColumnId; descending: boolean } | null;
  hidden: ColumnId[];
};

/** Reads the view from an address; what makes no sense there filters nothing. */
export function parseLiveView(query: URLSearchParams): LiveView {
  const oneOf = <T extends string>(name: string, values: readonly T[]): T | null =>
    values.find((value) => value === query.get(name)) ?? null;
  const sort = query.get("sort") ?? "";
  const column = COLUMNS.find((id) => id === sort.replace(/^-/, ""));
  const zone = Number(query.get("zone") || Number.NaN);
  return {
    kind: query.get("view") === "map" ? "map" : "table",
    search: query.get("search") ?? "",
    zone: Number.isInteger(zone) ? zone : null,
    state: oneOf("state", STATE_FILTERS),
    status: oneOf("status", DEVICE_STATUSES),
    alerting: query.get("alerts") === "open",
    seenToday: query.get("seen") === "today",
    sort: column ? { column, descending: sort.startsWith("-") } : null,
    hidden: COLUMNS.slice(1).filter((id) => (query.get("hide") ?? "").split(",").includes(id)),
  };
}

/** Writes a view into an address, leaving alone what it says of anything else. */
export function withLiveView(query: URLSearchParams, view: LiveView): URLSearchParams {
  const next = new URLSearchParams(query);
  const say = (name: string, value: string | null) =>
    value ? next.set(name, value) : next.delete(name);
  say("view", view.kind === "map" ? "map" : null);
  say("search", view.search || null);
  say("zone", view.zone === null ? null : String(view.zone));
  say("state", view.state);
  say("status", view.status);
  say("alerts", view.alerting ? "open" : null);
  say("seen", view.seenToday ? "today" : null);
  say("sort", view.sort && `${view.sort.descending ? "-" : ""}${view.sort.column}`);
  say("hide", view.hidden.join(",") || null);
  return next;
}

/** A view that filters nothing, whatever else it is. */
export const UNFILTERED = {
  ...{ search: "", zone: null, state: null, status: null, alerting: false, seenToday: false },
} satisfies Partial<LiveView>;

export const isFiltered = ({ search, zone, state, status, alerting, seenToday }: LiveView) =>
  search !== "" || [zone, state, status].some((filter) => filter !== null) || alerting || seenToday;
