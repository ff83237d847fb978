import { Definition } from "@/app/_ui/definition";
import { counted, figure, percent, shortFigure } from "@/app/_ui/figures";
import type { DashboardSummary } from "@/lib/server/dashboard/read-dashboard-summary";
import { OccupancyBar } from "./occupancy-bar";
import classes from "./summary-cards.module.css";

/** Where a date lies: figures of a day to come are not known yet. */
export type DayPhase = "past" | "today" | "future";

type CardProps = {
  term: string;
  definition: string;
  value: string;
  /** The exact value where a short one is shown. */
  exact?: string;
  children?: React.ReactNode;
};

function Card({ term, definition, value, exact, children }: CardProps) {
  return (
    <div className={classes.card}>
      <dt className={classes.term}>
        {term} <Definition term={term}>{definition}</Definition>
      </dt>
      <dd className={classes.content}>
        <div className={classes.value} title={exact}>
          {value}
        </div>
        {children ? <div className={classes.note}>{children}</div> : null}
      </dd>
    </div>
  );
}

function CountCard({ count, ...rest }: Omit<CardProps, "value" | "exact"> & { count: number }) {
  return <Card {...rest} value={shortFigure(count)} exact={figure(count)} />;
}

/** The day in five figures. */
export function SummaryCards({ summary, phase }: { summary: DashboardSummary; phase: DayPhase }) {
  const comparison = summary.target_actual_comparison;
  const total = summary.occupancy.total;
  return (
    <dl className={classes.cards}>
      <OccupancyCard occupancy={summary.occupancy} phase={phase} />
      <CountCard
        term="Parking events"
        definition="Arrivals and departures whose time falls on this date, in the facility's own time zone."
        count={summary.total_parking_events}
      />
      <CountCard
        term="Active devices"
        definition="Devices that sent telemetry or a parking event on this date."
        count={summary.active_devices_count}
      >
        of {counted(total, "device")}
      </CountCard>
      <CountCard
        term="Alerts triggered"
        definition="Alerts that were raised on this date, whether or not they are resolved by now."
        count={summary.alerts_triggered}
      />
      <Card
        term="Efficiency"
        definition="Parking events as a share of their target, at most 100 %. A device's target is left out where its zone has one of its own. — means that no target is set."
        value={percent(summary.efficiency_pct)}
      >
        {comparison
          ? `${figure(comparison.actual)} of ${figure(comparison.target)} events`
          : "No target on this date"}
      </Card>
    </dl>
  );
}

const OCCUPIED_AT: Record<DayPhase, string> = {
  past: "Occupied at the end of the day",
  today: "Occupied now",
  future: "Occupied",
};

function OccupancyCard({
  occupancy,
  phase,
}: {
  occupancy: DashboardSummary["occupancy"];
  phase: DayPhase;
}) {
  const { occupied, free, unknown, total } = occupancy;
  const definition =
    "Bays with a car in them, whenever it came. A bay whose device is offline or has never reported counts as unknown, never as free.";
  if (phase === "future") {
    return (
      <Card term={OCCUPIED_AT.future} definition={definition} value="—">
        This date is still to come
      </Card>
    );
  }
  return (
    <Card
      term={OCCUPIED_AT[phase]}
      definition={definition}
      value={`${shortFigure(occupied)} of ${shortFigure(total)}`}
      exact={`${figure(occupied)} of ${figure(total)}`}
    >
      <OccupancyBar {...occupancy} />
      {figure(free)} free · {figure(unknown)} unknown
    </Card>
  );
}
