import { Skeleton } from "@mantine/core";
import classes from "./reports.module.css";

const CARDS = ["events", "arrivals", "departures", "devices", "days"];

/** The shape of the page of reports while it is counted. */
export function ReportSkeleton() {
  return (
    <div role="status" aria-label="Loading the report">
      <Skeleton height={56} width={320} mb="md" />
      <Skeleton height={110} mb="md" />
      <div className={classes.cards}>
        {CARDS.map((card) => (
          <Skeleton key={card} height={96} />
        ))}
      </div>
      <div className={classes.columns}>
        <Skeleton height={320} />
        <Skeleton height={320} />
      </div>
      <Skeleton height={480} />
    </div>
  );
}
