import { Skeleton } from "@mantine/core";
import classes from "./dashboard.module.css";

const CARDS = ["events", "occupied", "active", "alerts", "efficiency"];

/** The shape of the dashboard while its figures are read. */
export default function Loading() {
  return (
    <div role="status" aria-label="Loading the dashboard">
      <div className={classes.skeletonBar}>
        <Skeleton height={52} width={320} />
        <Skeleton height={36} width={400} />
      </div>
      <div className={classes.skeletonCards}>
        {CARDS.map((card) => (
          <Skeleton key={card} height={150} />
        ))}
      </div>
      <div className={classes.columns}>
        <Skeleton height={320} />
        <Skeleton height={320} />
      </div>
      <div className={classes.stack}>
        <Skeleton height={360} />
        <Skeleton height={420} />
      </div>
    </div>
  );
}
