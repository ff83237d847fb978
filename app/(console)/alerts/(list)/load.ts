import type { OpenedPage } from "@/app/_session/open-page";
import { named } from "@/app/_ui/addresses/query";
import type { AlertGrouping } from "@/lib/domain/alerts/alerting";
import { isProblem } from "@/lib/domain/values/problem";
import type { AlertFilters } from "@/lib/server/alerts/alert-filters";
import { countAlerts } from "@/lib/server/alerts/count-alerts";
import {
  type AlertGroup,
  AlertGroupCursor,
  readAlertGroups,
} from "@/lib/server/alerts/read-alert-groups";
import { AlertCursor, type AlertRow, readAlertRows } from "@/lib/server/alerts/read-alerts";
import type { Context } from "@/lib/server/context";
import { listFacilities } from "@/lib/server/facilities/read-facilities";
import { resolveScope } from "@/lib/server/scope/resolve-scope";
import { listZones } from "@/lib/server/zones/read-zones";
import { facilityMeant } from "../../place-in-view";
import type { AlertsView } from "./view";

export const ALERTS_PER_PAGE = 50;
export const GROUPS_PER_PAGE = 50;
export const ALERTS_PER_GROUP = 10;

export type LoadedAlerts = Awaited<ReturnType<typeof loadAlerts>>;

/** A group with its newest alerts where it is opened. */
export type ShownGroup = AlertGroup & { opened: AlertRow[] | null };

/** What the page shows. @throws Problem 400 when there is no such facility */
export async function loadAlerts({ context }: OpenedPage, view: AlertsView) {
  const [{ rows: facilities }, { rows: allZones }, deviceId] = await Promise.all([
    listFacilities(context, {}),
    listZones(context, {}),
    deviceOf(context, view.device),
  ]);
  const facility = facilityMeant(facilities, view.facility);
  const zones = facility ? allZones.filter((z) => z.facility_id === facility.id) : allZones;
  const zone = named(zones, view.zone);
  const { severity, type, search, from, to } = view;
  const place = { facilityId: facility?.id, zoneId: zone?.id, deviceId };
  const filters: AlertFilters = {
    ...{ ...place, severity, type, search },
    state: view.state === "all" ? undefined : view.state,
    from: from === undefined ? undefined : { date: from },
    to: to === undefined ? undefined : { date: to },
  };
  const [counts, shown] = await Promise.all([
    countAlerts(context, filters),
    view.group
      ? loadGroups(context, view, { ...filters, by: view.group })
      : loadList(context, view, filters),
  ]);
  return { facilities, facility, zones, place, counts, shown };
}

async function loadList(context: Context, view: AlertsView, filters: AlertFilters) {
  const cursor = alertCursorOf(view.after.at(-1));
  const page = await readAlertRows(context, { ...filters, limit: ALERTS_PER_PAGE, cursor });
  const nextCursor = page.nextCursor && afterAlert(page.nextCursor);
  return { kind: "alerts" as const, rows: page.rows, nextCursor };
}

async function loadGroups(
  context: Context,
  view: AlertsView,
  { by, ...filters }: AlertFilters & { by: AlertGrouping },
) {
  const cursor = groupCursorOf(view.after.at(-1));
  const page = await readAlertGroups(context, { ...filters, by, limit: GROUPS_PER_PAGE, cursor });
  const nextCursor = page.nextCursor && afterGroup(page.nextCursor);
  const rows = await Promise.all(
    page.rows.map(async (group): Promise<ShownGroup> => {
      if (!view.opened.includes(group.key)) return { ...group, opened: null };
      const within = { ...filters, ...partOf(by, group), limit: ALERTS_PER_GROUP };
      return { ...group, opened: (await readAlertRows(context, within)).rows };
    }),
  );
  return { kind: "groups" as const, by, rows, nextCursor, total: page.total };
}

/** The filter that lets nothing through but a group. */
function partOf(by: AlertGrouping, { key, alert_type }: AlertGroup): AlertFilters {
  if (by === "device") return { deviceId: Number(key) };
  return by === "zone" ? { zoneId: Number(key) } : { type: alert_type ?? undefined };
}

async function deviceOf(context: Context, device: string | undefined) {
  if (device === undefined) return undefined;
  try {
    return (await resolveScope(context, { device })).deviceId;
  } catch (error) {
    // A device that does not exist filters nothing, as any filter that makes no sense.
    if (isProblem(error)) return undefined;
    throw error;
  }
}

/** What `after` holds for a page of alerts, and for one of groups. */
const afterAlert = ([at, id]: AlertCursor) => `${at}~${id}`;
const afterGroup = ([worst, alerts, key]: AlertGroupCursor) => `${worst}~${alerts}~${key}`;

/** @returns undefined where the text is none: the list begins at its beginning then */
export function alertCursorOf(text: string | undefined): AlertCursor | undefined {
  const [at, id] = text?.split("~") ?? [];
  return AlertCursor.safeParse([at, Number(id)]).data;
}

export function groupCursorOf(text: string | undefined): AlertGroupCursor | undefined {
  const [worst, alerts, key] = text?.split("~") ?? [];
  return AlertGroupCursor.safeParse([worst, Number(alerts), key]).data;
}
