import { CONNECTIONS, type Connection } from "@/lib/domain/connection";
import { DEVICE_STATUSES, type DeviceStatus } from "@/lib/domain/health";
import { BAY_STATES, type BayState } from "@/lib/domain/live";

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
  state: BayState | null;
  status: DeviceStatus | null;
  connection: Connection | null;
  /** Devices with open alerts alone. */
  alerting: boolean;
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
    state: oneOf("state", BAY_STATES),
    status: oneOf("status", DEVICE_STATUSES),
    connection: oneOf("connection", CONNECTIONS),
    alerting: query.get("alerts") === "open",
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
  say("connection", view.connection);
  say("alerts", view.alerting ? "open" : null);
  say("sort", view.sort && `${view.sort.descending ? "-" : ""}${view.sort.column}`);
  say("hide", view.hidden.join(",") || null);
  return next;
}
