import { Skeleton } from "@mantine/core";
import classes from "../../device.module.css";

/** The shape of the charts while their figures are read. */
export function HistorySkeleton() {
  return (
    <div className={classes.stack} role="status" aria-label="Loading the charts">
      <Skeleton height={230} />
      <Skeleton height={760} />
      <Skeleton height={270} />
    </div>
  );
}
