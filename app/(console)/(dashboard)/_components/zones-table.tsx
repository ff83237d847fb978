import { counted } from "@/app/_ui/figures";
import { Panel } from "@/app/_ui/panel";
import { QueryLink } from "@/app/_ui/query-navigation";
import type { StateFilter } from "@/lib/domain/live";
import type { DashboardSummary } from "@/lib/server/dashboard/read-dashboard-summary";
import type { DayPhase } from "../load";
import { CountLink } from "./count-link";
import { eventsAddress, liveAddress } from "./list-addresses";
import classes from "./table.module.css";

type ZonesTableProps = {
  zones: DashboardSummary["zones"];
  /** Names by id, where zones of several facilities are in view. */
  facilityNames: Map<number, string> | null;
  phase: DayPhase;
  date: string;
  /** As the address names it. */
  facility: string | undefined;
  /** Whether the page of events is for anyone who looks. */
  mayExport: boolean;
};

/** Every zone in view with its events and the state of its bays, each a link to what it counts. */
export function ZonesTable({ zones, facilityNames, ...shown }: ZonesTableProps) {
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
                  <Counts zone={zone} {...shown} />
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Panel>
  );
}

type CountsProps = Omit<ZonesTableProps, "zones" | "facilityNames"> & {
  zone: DashboardSummary["zones"][number];
};

const STATES = ["occupied", "free", "unknown"] as const;

function Counts({ zone, phase, date, facility, mayExport }: CountsProps) {
  const place = { facility, zone: zone.zone_id };
  // Live shows bays as they are now, so nothing stands behind the states of another date.
  const devices = (filters: { state?: StateFilter }) =>
    phase === "today" ? liveAddress(place, filters) : null;
  const name = `in zone ${zone.zone_code}`;
  return (
    <>
      <td className={classes.number}>
        <CountLink
          count={zone.events}
          of={`events ${name}`}
          href={mayExport ? eventsAddress(place, date) : null}
        />
      </td>
      {STATES.map((state) => (
        <td key={state} className={classes.number}>
          {phase === "future" ? (
            "—"
          ) : (
            <CountLink count={zone[state]} of={`${state} ${name}`} href={devices({ state })} />
          )}
        </td>
      ))}
      <td className={classes.number}>
        <CountLink count={zone.total} of={`bays ${name}`} href={devices({})} />
      </td>
    </>
  );
}
