import { type AlertsView, alertsView } from "../../alerts/(list)/view";
import { targetsView } from "../../estate/view";
import { type LiveView, liveView } from "../../live/view";
import { reportsView } from "../../reports/view";

/** The part of the estate in view: the facility as the address names it, the zone by its id. */
export type ListPlace = { facility?: string; zone?: number };

const asText = ({ facility, zone }: ListPlace) => ({
  ...{ facility, zone: zone === undefined ? undefined : String(zone) },
});

/** The devices behind a figure of now, on the Live page. */
export const liveAddress = ({ facility, zone }: ListPlace, filters: Partial<LiveView>) =>
  liveView.address({ facility: facility ?? null, zone: zone ?? null, ...filters });

/** The alerts behind a figure. */
export const alertsAddress = (place: ListPlace, filters: Partial<AlertsView>) =>
  alertsView.address({ ...asText(place), ...filters });

/** The events of a date. */
export const eventsAddress = (place: ListPlace, date: string) =>
  reportsView.address({ ...asText(place), from: date, to: date });

/** The targets of the week of a date. */
export const targetsAddress = ({ facility }: ListPlace, date: string) =>
  targetsView.address({ facility, week: date });
