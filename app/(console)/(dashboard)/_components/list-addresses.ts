/** The part of the estate in view: the facility as the address names it, the zone by its id. */
export type ListPlace = { facility?: string; zone?: number };

type Filters = Record<string, string | undefined>;

/** The devices behind a figure of now, on the Live page. */
export const liveAddress = (place: ListPlace, filters: Filters) => address("/live", place, filters);

/** The alerts behind a figure. */
export const alertsAddress = (place: ListPlace, filters: Filters) =>
  address("/alerts", place, filters);

/** The events of a date. */
export const eventsAddress = (place: ListPlace, date: string) =>
  address("/reports", place, { from: date, to: date });

/** The targets of the week of a date. */
export const targetsAddress = (place: ListPlace, date: string) =>
  address("/estate/targets", { facility: place.facility }, { week: date });

function address(path: string, { facility, zone }: ListPlace, filters: Filters): string {
  const query = new URLSearchParams();
  if (facility !== undefined) query.set("facility", facility);
  if (zone !== undefined) query.set("zone", String(zone));
  for (const [name, value] of Object.entries(filters))
    if (value !== undefined) query.set(name, value);
  return query.size === 0 ? path : `${path}?${query}`;
}
