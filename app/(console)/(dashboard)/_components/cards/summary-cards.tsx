import Link from "next/link";
import { Definition } from "@/app/_ui/tables/definition";
import { counted, figure, percent, shortFigure } from "@/app/_ui/words/figures";
import type { StateFilter } from "@/lib/domain/devices/live";
import type { DashboardSummary } from "@/lib/server/dashboard/read-dashboard-summary";
import type { DayPhase } from "../../load";
import {
  alertsAddress,
  eventsAddress,
  type ListPlace,
  liveAddress,
  targetsAddress,
} from "../list-addresses";
import { EXPECTED_MEANS } from "../targets/expected-means";
import { CardChange } from "./card-change";
import type { Comparison } from "./comparison";
import { CountLink } from "./count-link";
import { OccupancyBar } from "./occupancy-bar";
import classes from "./summary-cards.module.css";

type CardProps = {
  term: string;
  definition: string;
  value: string;
  /** The exact value where a short one is shown. */
  exact?: string;
  /** The list behind the value; null where there is none, or not for anyone who looks. */
  href?: string | null;
  children?: React.ReactNode;
};

function Card({ term, definition, value, exact, href, children }: CardProps) {
  return (
    <div className={classes.card}>
      <dt className={classes.term}>
        {term} <Definition term={term}>{definition}</Definition>
      </dt>
      <dd className={classes.content}>
        <div className={classes.value} title={exact}>
          {href ? (
            <Link href={href} prefetch={false} aria-label={`${value}, ${term}: show them`}>
              {value}
            </Link>
          ) : (
            value
          )}
        </div>
        {children ? <div className={classes.note}>{children}</div> : null}
      </dd>
    </div>
  );
}

function CountCard({
  count,
  href,
  ...rest
}: Omit<CardProps, "value" | "exact"> & { count: number }) {
  const shown = { value: shortFigure(count), exact: figure(count) };
  return <Card {...rest} {...shown} href={count > 0 ? href : null} />;
}

type SummaryCardsProps = {
  summary: DashboardSummary;
  phase: DayPhase;
  comparison: Comparison | null;
  /** Events that the targets let expect by now; null where the date is over or has none. */
  expected: number | null;
  place: ListPlace;
  /** Whether the page of events is for anyone who looks. */
  mayExport: boolean;
};

/** The day in five figures, each beside that of a week before, and a link to what it counts. */
export function SummaryCards(props: SummaryCardsProps) {
  const { summary, phase, comparison, expected, place, mayExport } = props;
  const { before, name } = comparison ?? { before: null, name: "" };
  const meant = (definition: string) => `${definition} ${changeMeans(comparison)}`.trim();
  return (
    <dl className={classes.cards}>
      <OccupancyCard
        occupancy={summary.occupancy}
        phase={phase}
        comparison={comparison}
        place={place}
      />
      <CountCard
        term="Parking events"
        definition={meant(
          "Arrivals and departures whose time falls on this date, in the facility's own time zone.",
        )}
        count={summary.total_parking_events}
        href={mayExport ? eventsAddress(place, summary.date) : null}
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
        href={phase === "today" ? liveAddress(place, { seenToday: true }) : null}
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
        href={alertsAddress(place, { state: "all", from: summary.date, to: summary.date })}
      >
        {before ? (
          <CardChange now={summary.alerts_triggered} before={before.alerts_triggered} name={name} />
        ) : null}
      </CountCard>
      <EfficiencyCard {...{ summary, comparison, expected, place }} />
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
  summary: { date, efficiency_pct, target_actual_comparison },
  comparison,
  expected,
  place,
}: Pick<SummaryCardsProps, "summary" | "comparison" | "expected" | "place">) {
  const before = comparison?.before.efficiency_pct ?? null;
  return (
    <Card
      term="Efficiency"
      definition={`Parking events as a share of their target, at most 100 %. A device's target is left out where its zone has one of its own. — means that no target is set. ${expected === null ? "" : EXPECTED_MEANS} ${changeMeans(comparison)}`.trim()}
      value={percent(efficiency_pct)}
      href={efficiency_pct === null ? null : targetsAddress(place, date)}
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

type OccupancyCardProps = Pick<SummaryCardsProps, "phase" | "comparison" | "place"> &
  Pick<DashboardSummary, "occupancy">;

function OccupancyCard({ occupancy, phase, comparison, place }: OccupancyCardProps) {
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
  const listOf = (state: StateFilter) => (phase === "today" ? liveAddress(place, { state }) : null);
  const unknownBefore = comparison?.before.occupancy.unknown ?? 0;
  return (
    <Card
      term={OCCUPIED_AT[phase]}
      definition={definition}
      value={`${shortFigure(occupied)} of ${shortFigure(total)}`}
      exact={`${figure(occupied)} of ${figure(total)}`}
      href={occupied > 0 ? listOf("occupied") : null}
    >
      <OccupancyBar {...occupancy} />
      <CountLink count={free} of="free" href={listOf("free")} /> free ·{" "}
      <CountLink count={unknown} of="unknown" href={listOf("unknown")} /> unknown
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
