import { Skeleton } from "@mantine/core";
import classes from "./_components/live.module.css";

/** The shape of the page while its first devices are read. */
export default function Loading() {
  return (
    <div role="status" aria-label="Loading the devices">
      <div className={classes.filters}>
        <Skeleton height={60} width={320} />
        <Skeleton height={60} width={360} />
      </div>
      <Skeleton height={22} width={420} mb={10} />
      <Skeleton className={classes.skeleton} />
    </div>
  );
}
