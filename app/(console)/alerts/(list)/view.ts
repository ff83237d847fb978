import {
  addressView,
  code,
  date,
  oneOf,
  search,
  texts,
  type ViewOf,
} from "@/app/_ui/addresses/address";
import { ALERT_STATES } from "@/lib/domain/alerts/alert-state";
import { ALERT_GROUPINGS, ALERT_SEVERITIES, ALERT_TYPES } from "@/lib/domain/alerts/alerting";

export const ALERT_TABS = [...ALERT_STATES, "all"] as const;
export type AlertTab = (typeof ALERT_TABS)[number];

/** So many groups are opened at once; opening another closes the one opened first. */
const MOST_GROUPS_OPENED = 8;

/** What the address asks the page of alerts to show. */
export const alertsView = addressView("/alerts", {
  /** Ids or codes. */
  facility: code(),
  zone: code(),
  device: code(),
  state: oneOf(ALERT_TABS, "open"),
  severity: oneOf(ALERT_SEVERITIES, undefined),
  type: oneOf(ALERT_TYPES, undefined),
  search: search(),
  from: date(),
  to: date(),
  group: oneOf(ALERT_GROUPINGS, undefined),
  /** Keys of the groups that are opened. */
  opened: texts(/^\w{1,32}$/, MOST_GROUPS_OPENED),
  /** Where the pages so far began, that of the page in view last. */
  after: texts(/^.{0,80}$/su),
});
export type AlertsView = ViewOf<typeof alertsView>;

/** The filters that can be removed; the facility is the frame's. */
const FILTERS = ["severity", "type", "zone", "device", "search", "from", "to"] as const;

export const isFiltered = (view: AlertsView) => FILTERS.some((name) => view[name] !== undefined);
