import { counted, figure } from "@/app/_ui/figures";
import { Panel } from "@/app/_ui/panel";
import { QueryLink } from "@/app/_ui/query-navigation";
import type { DashboardSummary } from "@/lib/server/dashboard/read-dashboard-summary";
import type { DayPhase } from "../load-dashboard";
import classes from "./table.module.css";

type ZonesTableProps = {
  zones: DashboardSummary["zones"];
  /** Names by id, where zones of several facilities are in view. */
  facilityNames: Map<number, string> | null;
  phase: DayPhase;
};

/** Every zone in view with its events and the state of its bays. */
export function ZonesTable({ zones, facilityNames, phase }: ZonesTableProps) {
  const state = (bays: number) => (phase === "future" ? "—" : figure(bays));
  return (
    <Panel id="zones" title="Zones" aside={counted(zones.length, "zone")}>
      {zones.length === 0 ? (
        <p className={classes.empty}>This facility has no zones yet.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus
        <section className={classes.scroll} tabIndex={0} aria-label="Zones, table">
          <table className={`${classes.table} ${classes.named}`}>
            <thead>
              <tr>
                <th scope="col">Zone</th>
                {["Events", "Occupied", "Free", "Unknown", "Bays"].map((name) => (
                  <th scope="col" key={name} className={classes.number}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {zones.map((zone) => (
                <tr key={zone.zone_id}>
                  <th scope="row">
                    <QueryLink changes={{ zone: String(zone.zone_id), after: null }}>
                      {zone.zone_code}
                    </QueryLink>
                    {facilityNames ? (
                      <span className={classes.sub}>{facilityNames.get(zone.facility_id)}</span>
                    ) : null}
                  </th>
                  <td className={classes.number}>{figure(zone.events)}</td>
                  <td className={classes.number}>{state(zone.occupied)}</td>
                  <td className={classes.number}>{state(zone.free)}</td>
                  <td className={classes.number}>{state(zone.unknown)}</td>
                  <td className={classes.number}>{figure(zone.total)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Panel>
  );
}
