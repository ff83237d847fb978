import {
  addressView,
  code,
  date,
  oneOf,
  required,
  search,
  sortedBy,
  type ViewOf,
  whole,
} from "@/app/_ui/addresses/address";
import { DEVICE_STATUSES, HEARTBEAT_COLUMNS, WORST_FIRST } from "@/lib/domain/devices/health";
import { STATE_FILTERS } from "@/lib/domain/devices/live";
import { EARLIEST_DATE, isDate, LATEST_DATE } from "@/lib/domain/values/dates";

const dateReason = (text: string) =>
  isDate(text) ? `Must be from ${EARLIEST_DATE} to ${LATEST_DATE}.` : "Must be a date, YYYY-MM-DD.";

/**
 * What the address asks the dashboard to show. A day, or a place, that does not exist is refused:
 * that of another one would look as if it were this one's.
 */
export const dashboardView = addressView("/", {
  date: required(date(EARLIEST_DATE, LATEST_DATE), dateReason),
  /** Ids or codes. */
  facility: required(code(), () => "No such facility."),
  zone: required(code(), () => "No such zone."),
  /** Whether the hours stand beside those of a week before. */
  compare: oneOf(["off"], undefined),
  search: search(),
  status: oneOf(DEVICE_STATUSES, undefined),
  state: oneOf(STATE_FILTERS, undefined),
  /** The worst first without it. */
  sort: sortedBy(HEARTBEAT_COLUMNS, WORST_FIRST),
  /** How many devices come before the page in view. */
  after: whole(7, 0),
});
export type DashboardView = ViewOf<typeof dashboardView>;
