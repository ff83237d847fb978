import { withQuery } from "@/app/_ui/addresses/query";
import { Panel } from "@/app/_ui/panel";
import { afterPaging } from "@/app/_ui/tables/after-paging";
import { Paging } from "@/app/_ui/tables/paging";
import { alertState } from "@/lib/domain/alerts/alert-state";
import { ALERTS_PER_PAGE, GROUPS_PER_PAGE, type LoadedAlerts } from "../../(list)/load";
import { ALERT_TABS, type AlertsView, type AlertTab, isFiltered } from "../../(list)/view";
import { AlertBoard } from "./alert-board";
import { AlertFilterFields } from "./alert-filters";
import { AlertGroups } from "./alert-groups";
import { AlertTable } from "./alert-table";
import { AlertTabs } from "./alert-tabs";
import { NoAlerts } from "./no-alerts";

type AlertListProps = {
  view: AlertsView;
  loaded: LoadedAlerts;
  viewer: string;
  mayAcknowledge: boolean;
  /** When the alerts were read, ISO 8601. */
  readAt: string;
};

const TABS: Record<AlertTab, { name: string; title: string }> = {
  open: { name: "Open", title: "Open alerts" },
  acknowledged: { name: "Acknowledged", title: "Acknowledged alerts" },
  resolved: { name: "Resolved", title: "Resolved alerts" },
  all: { name: "All", title: "All alerts" },
};

/** Alerts in the state that is in view, with what narrows them down. */
export function AlertList({ view, loaded, viewer, mayAcknowledge, readAt }: AlertListProps) {
  const { counts, shown, facility, place } = loaded;
  const filtered = isFiltered(view);
  const only = loaded.facilities.length === 1 ? loaded.facilities[0] : null;
  const placeName = (facility ?? only)?.name ?? "All facilities";
  const matching = matchingOf(view, loaded);
  const open = rowsInView(loaded).filter((row) => alertState(row) === "open");
  const selectable = mayAcknowledge && open.length > 0;
  const { severity, type, search } = view;
  const around = {
    facilities: new Map(loaded.facilities.map((f) => [f.id, f])),
    withFacility: facility === null && loaded.facilities.length > 1,
    query: withQuery("", { facility: view.facility }),
    ...{ viewer, mayAcknowledge, selectable },
  };
  const tabs = ALERT_TABS.map((tab) => ({ tab, name: TABS[tab].name, count: counts[tab] }));
  return (
    <Panel id="alerts" title={TABS[view.state].title} aside={placeName}>
      <AlertTabs tabs={tabs} current={view.state} />
      <AlertFilterFields
        given={{ ...view, zone: place.zoneId === undefined ? undefined : String(place.zoneId) }}
        zones={zoneNames(loaded)}
        device={deviceInView(view, loaded)}
        filtered={filtered}
      />
      <AlertBoard
        key={JSON.stringify([matching, view.state])}
        mayAcknowledge={mayAcknowledge}
        pageIds={open.map(({ id }) => id)}
        openCount={counts.open}
        matching={matching}
        concern={{ ...place, severity, type, search }}
        firstPage={view.after.length === 0}
        readAt={readAt}
      >
        {shown.rows.length === 0 ? (
          <NoAlerts
            tab={view.state}
            filtered={filtered}
            beyond={view.after.length > 0}
            acknowledged={counts.acknowledged}
          />
        ) : shown.kind === "alerts" ? (
          <AlertTable rows={shown.rows} {...around} />
        ) : (
          <AlertGroups
            by={shown.by}
            groups={shown.rows}
            opened={view.opened}
            matching={matching}
            readAt={readAt}
            withOthers={view.state === "all"}
            {...around}
          />
        )}
      </AlertBoard>
      <Pages view={view} loaded={loaded} />
    </Panel>
  );
}

function Pages({ view, loaded }: Pick<AlertListProps, "view" | "loaded">) {
  const { shown, counts } = loaded;
  const total = shown.kind === "alerts" ? counts[view.state] : shown.total;
  const page = { rows: shown.rows, nextCursor: shown.nextCursor, total };
  const perPage = shown.kind === "alerts" ? ALERTS_PER_PAGE : GROUPS_PER_PAGE;
  const label = shown.kind === "alerts" ? "Pages of alerts" : "Pages of groups";
  return <Paging label={label} {...afterPaging(view.after, page, perPage)} />;
}

const rowsInView = ({ shown }: LoadedAlerts) =>
  shown.kind === "alerts" ? shown.rows : shown.rows.flatMap(({ opened }) => opened ?? []);

/** What the one device that is in view is called, if one is. */
function deviceInView(view: AlertsView, loaded: LoadedAlerts): string | null {
  if (loaded.place.deviceId === undefined) return null;
  return rowsInView(loaded)[0]?.device_code ?? view.device ?? null;
}

/** The filters in view but the state, as the API takes them. */
function matchingOf(view: AlertsView, { facility, place }: LoadedAlerts): Record<string, string> {
  const { severity, type, search, from, to } = view;
  const id = (given: number | undefined) => (given === undefined ? undefined : String(given));
  const all = {
    ...{ severity, type, search, from, to },
    ...{ facility: id(facility?.id), zone: id(place.zoneId), device: id(place.deviceId) },
  };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function zoneNames({ zones, facilities, facility }: LoadedAlerts) {
  const several = facility === null && facilities.length > 1;
  const facilityNames = new Map(facilities.map(({ id, name }) => [id, name]));
  return zones.map(({ id, code, facility_id }) => ({
    id,
    name: several ? `${facilityNames.get(facility_id) ?? ""} · ${code}` : code,
  }));
}
