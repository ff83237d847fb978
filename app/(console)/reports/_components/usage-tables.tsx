import Link from "next/link";
import { counted, figure } from "@/app/_ui/figures";
import { shortDate } from "@/app/_ui/local-time";
import { Panel } from "@/app/_ui/panel";
import type { UsageOverview } from "@/lib/server/reports/read-usage-overview";
import { dashboardView } from "../../(dashboard)/view";
import classes from "./reports.module.css";

/** More rows than these no one reads; the file has them all. */
const MOST_DAYS = 400;
const MOST_ZONES = 200;

type UsageTablesProps = {
  overview: UsageOverview;
  /** The part of the estate in view, as the address names it. */
  place: { facility?: string; zone?: string };
};

/** The events by day and by zone. */
export function UsageTables({ overview: { days, zones }, place }: UsageTablesProps) {
  return (
    <div className={classes.columns}>
      <Panel id="days" title="By day" aside={shownOf(days.length, MOST_DAYS, "day", "newest")}>
        <UsageTable
          label="Events by day"
          name="Date"
          rows={days
            .slice(-MOST_DAYS)
            .reverse()
            .map(({ date, events, devices }) => ({
              ...{ key: date, events, devices },
              head: (
                <>
                  <Link href={dashboardView.address({ date, ...place })} prefetch={false}>
                    {date}
                  </Link>{" "}
                  {shortDate(date).slice(0, 3)}
                </>
              ),
            }))}
        />
      </Panel>
      <Panel
        id="zones"
        title="By zone"
        aside={shownOf(zones.length, MOST_ZONES, "zone", "busiest")}
      >
        <UsageTable
          label="Events by zone"
          name="Zone"
          rows={zones.slice(0, MOST_ZONES).map((zone) => ({
            ...{ key: String(zone.zone_id), events: zone.events, devices: zone.devices },
            head: (
              <>
                {zone.zone_code}
                <span className={classes.sub}>{zone.facility_name}</span>
              </>
            ),
          }))}
        />
      </Panel>
    </div>
  );
}

function shownOf(count: number, most: number, noun: string, which: string): string {
  if (count <= most) return `${counted(count, noun)} with events`;
  return `The ${which} ${figure(most)} of ${counted(count, noun)} with events`;
}

type UsageRowInView = { key: string; head: React.ReactNode; events: number; devices: number };

function UsageTable(props: { label: string; name: string; rows: UsageRowInView[] }) {
  const { label, name, rows } = props;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus
    <section className={classes.scroll} tabIndex={0} aria-label={label}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{name}</th>
            <th scope="col" className={classes.number}>
              Events
            </th>
            <th scope="col" className={classes.number}>
              Devices
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, head, events, devices }) => (
            <tr key={key}>
              <th scope="row">{head}</th>
              <td className={classes.number}>{figure(events)}</td>
              <td className={classes.number}>{figure(devices)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
