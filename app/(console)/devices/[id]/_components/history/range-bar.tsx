"use client";

import { SegmentedControl } from "@mantine/core";
import { useQueryNavigation } from "@/app/_ui/addresses/query-navigation";
import { DateField } from "@/app/_ui/forms/date-field";
import { Step } from "@/app/_ui/forms/date-steps";
import type { RangeParameters } from "../../view";
import classes from "./range-bar.module.css";

export type RangeBarProps = {
  /** One of the ranges that end now; null where dates are chosen. */
  rolling: string | null;
  from: string | null;
  to: string | null;
  today: string;
  /** The ranges of the same length beside the one in view; null where there is none yet. */
  earlier: { from: string; to: string };
  later: { from: string; to: string } | null;
  timeZoneLabel: string;
  /** How far back a first date may lie for the range to go on until today. */
  untilTodayFrom: string;
};

const RANGES = [
  { value: "24h", label: "24 hours" },
  { value: "7d", label: "7 days" },
  { value: "28d", label: "28 days" },
];

/** Which time the charts below show; kept in the address. */
export function RangeBar(props: RangeBarProps) {
  const { rolling, from, to, today, earlier, later, timeZoneLabel, untilTodayFrom } = props;
  const { go, pending } = useQueryNavigation<RangeParameters>();
  const showDates = (dates: { from: string; to: string }) => go({ ...dates, range: null });
  const noDates = () => go({ from: null, to: null, range: null });
  const chooseFrom = (date: string | null) => {
    if (date === null) return noDates();
    showDates({ from: date, to: to ?? (date >= untilTodayFrom ? today : date) });
  };
  const chooseTo = (date: string | null) => {
    if (date === null) return noDates();
    showDates({ from: from ?? date, to: date });
  };
  return (
    <section className={classes.bar} aria-label="Time in view" aria-busy={pending}>
      <SegmentedControl
        aria-label="Until now"
        // No range of these is chosen while dates are.
        value={rolling ?? ""}
        onChange={(range) => go({ range, from: null, to: null })}
        data={RANGES}
      />
      <div className={classes.dates}>
        <RangeStep way="left" name="Earlier" dates={earlier} onStep={showDates} />
        <DateField
          label="From"
          className={classes.date}
          value={from}
          latest={today}
          onChange={chooseFrom}
        />
        <DateField
          label="To"
          className={classes.date}
          value={to}
          latest={today}
          onChange={chooseTo}
        />
        <RangeStep way="right" name="Later" dates={later} onStep={showDates} />
      </div>
      <div className={classes.zone}>Times: {timeZoneLabel}</div>
    </section>
  );
}

type RangeStepProps = {
  way: "left" | "right";
  name: string;
  dates: { from: string; to: string } | null;
  onStep: (dates: { from: string; to: string }) => void;
};

function RangeStep({ way, name, dates, onStep }: RangeStepProps) {
  const label = dates ? `${name}: ${dates.from} to ${dates.to}` : name;
  return <Step {...{ way, label }} disabled={!dates} onStep={() => dates && onStep(dates)} />;
}
