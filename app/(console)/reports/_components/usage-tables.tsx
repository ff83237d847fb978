import Link from "next/link";
import { Panel } from "@/app/_ui/panel";
import { RecordTable } from "@/app/_ui/tables/record-table";
import records from "@/app/_ui/tables/records.module.css";
import { counted, figure } from "@/app/_ui/words/figures";
import { shortDate } from "@/app/_ui/words/local-time";
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
          rows={days.slice(-MOST_DAYS).reverse()}
          keyOf={({ date }) => date}
          nameOf={({ date }) => (
            <>
              <Link href={dashboardView.address({ date, ...place })} prefetch={false}>
                {date}
              </Link>{" "}
              {shortDate(date).slice(0, 3)}
            </>
          )}
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
          rows={zones.slice(0, MOST_ZONES)}
          keyOf={({ zone_id }) => zone_id}
          nameOf={({ zone_code, facility_name }) => (
            <>
              {zone_code}
              <span className={records.sub}>{facility_name}</span>
            </>
          )}
        />
      </Panel>
    </div>
  );
}

function shownOf(count: number, most: number, noun: string, which: string): string {
  if (count <= most) return `${counted(count, noun)} with events`;
  return `The ${which} ${figure(most)} of ${counted(count, noun)} with events`;
}

type UsageTableProps<Row> = {
  label: string;
  name: string;
  rows: Row[];
  keyOf: (row: Row) => React.Key;
  nameOf: (row: Row) => React.ReactNode;
};

function UsageTable<Row extends { events: number; devices: number }>(props: UsageTableProps<Row>) {
  const { label, name, rows, keyOf, nameOf } = props;
  return (
    <RecordTable
      className={`${records.table} ${classes.table}`}
      cards={null}
      scrolled={{ label, height: 380 }}
      rows={rows}
      keyOf={keyOf}
      columns={[
        { name, names: true, cell: nameOf },
        { name: "Events", numeric: true, cell: ({ events }) => figure(events) },
        { name: "Devices", numeric: true, cell: ({ devices }) => figure(devices) },
      ]}
    />
  );
}
