import { Definition } from "@/app/_ui/definition";
import { counted, figure, percent, shortFigure } from "@/app/_ui/figures";
import type { DashboardSummary } from "@/lib/server/dashboard/read-dashboard-summary";
import type { DayPhase } from "../load-dashboard";
import { AlertsOfDay } from "./alerts-of-day";
import { CardChange } from "./card-change";
import type { Comparison } from "./comparison";
import { EXPECTED_MEANS } from "./expected-means";
import { OccupancyBar } from "./occupancy-bar";
import classes from "./summary-cards.module.css";

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

type SummaryCardsProps = {
  summary: DashboardSummary;
  phase: DayPhase;
  comparison: Comparison | null;
  /** Events that the targets let expect by now; null where the date is over or has none. */
  expected: number | null;
  /** The part of the estate in view, as the address names it. */
  place: { facility?: string; zone?: string };
};

/** The day in five figures, each beside that of a week before. */
export function SummaryCards({ summary, phase, comparison, expected, place }: SummaryCardsProps) {
  const { before, name } = comparison ?? { before: null, name: "" };
  const meant = (definition: string) => `${definition} ${changeMeans(comparison)}`.trim();
  return (
    <dl className={classes.cards}>
      <OccupancyCard occupancy={summary.occupancy} phase={phase} comparison={comparison} />
      <CountCard
        term="Parking events"
        definition={meant(
          "Arrivals and departures whose time falls on this date, in the facility's own time zone.",
        )}
        count={summary.total_parking_events}
      >
        {before ? (
          <CardChange
            now={summary.total_parking_events}
            before={before.total_parking_events}
            name={name}
          />
        ) : null}
      </CountCard>
      <CountCard
        term="Active devices"
        definition={meant("Devices that sent telemetry or a parking event on this date.")}
        count={summary.active_devices_count}
      >
        of {counted(summary.occupancy.total, "device")}
        {before ? (
          <CardChange
            now={summary.active_devices_count}
            before={before.active_devices_count}
            name={name}
          />
        ) : null}
      </CountCard>
      <CountCard
        term="Alerts triggered"
        definition={meant(
          "Alerts that were raised on this date, whether or not they are resolved by now.",
        )}
        count={summary.alerts_triggered}
      >
        {before ? (
          <CardChange now={summary.alerts_triggered} before={before.alerts_triggered} name={name} />
        ) : null}
        <AlertsOfDay date={summary.date} {...place} count={summary.alerts_triggered} />
      </CountCard>
      <EfficiencyCard summary={summary} comparison={comparison} expected={expected} />
    </dl>
  );
}

/** Why a change is what it is, for the definition of every figure. */
function changeMeans(comparison: Comparison | null): string {
  if (!comparison) return "";
  return comparison.before.up_to_now
    ? "The change is against the same weekday a week before, up to the same local time in each facility: a morning is not compared with a whole day."
    : "The change is against the same weekday a week before.";
}

function EfficiencyCard({
  summary: { efficiency_pct, target_actual_comparison },
  comparison,
  expected,
}: Pick<SummaryCardsProps, "summary" | "comparison" | "expected">) {
  const before = comparison?.before.efficiency_pct ?? null;
  return (
    <Card
      term="Efficiency"
      definition={`Parking events as a share of their target, at most 100 %. A device's target is left out where its zone has one of its own. — means that no target is set. ${expected === null ? "" : EXPECTED_MEANS} ${changeMeans(comparison)}`.trim()}
      value={percent(efficiency_pct)}
    >
      {target_actual_comparison
        ? `${figure(target_actual_comparison.actual)} of ${figure(target_actual_comparison.target)} events${expected === null ? "" : `, ${figure(expected)} expected by now`}`
        : "No target on this date"}
      {comparison && efficiency_pct !== null ? (
        before === null ? (
          <div className={classes.change}>{comparison.date}: no target</div>
        ) : (
          <CardChange now={efficiency_pct} before={before} name={comparison.name} points />
        )
      ) : null}
    </Card>
  );
}

const OCCUPIED_AT: Record<DayPhase, string> = {
  past: "Occupied at the end of the day",
  today: "Occupied now",
  future: "Occupied",
};

type OccupancyCardProps = Pick<SummaryCardsProps, "phase" | "comparison"> &
  Pick<DashboardSummary, "occupancy">;

function OccupancyCard({ occupancy, phase, comparison }: OccupancyCardProps) {
  const { occupied, free, unknown, total } = occupancy;
  const definition =
    `Bays with a car in them, whenever it came. A bay whose device is offline or has never reported counts as unknown, never as free. ${changeMeans(comparison)}`.trim();
  if (phase === "future") {
    return (
      <Card term={OCCUPIED_AT.future} definition={definition} value="—">
        This date is still to come
      </Card>
    );
  }
  const unknownBefore = comparison?.before.occupancy.unknown ?? 0;
  return (
    <Card
      term={OCCUPIED_AT[phase]}
      definition={definition}
      value={`${shortFigure(occupied)} of ${shortFigure(total)}`}
      exact={`${figure(occupied)} of ${figure(total)}`}
    >
      <OccupancyBar {...occupancy} />
      {figure(free)} free · {figure(unknown)} unknown
      {comparison ? (
        <CardChange
          now={occupied}
          before={comparison.before.occupancy.occupied}
          name={comparison.name.replace(" by ", " at ")}
          note={unknownBefore > 0 ? `${figure(unknownBefore)} unknown` : undefined}
        />
      ) : null}
    </Card>
  );
}
