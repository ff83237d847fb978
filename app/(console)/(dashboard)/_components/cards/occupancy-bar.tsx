import classes from "./occupancy-bar.module.css";

type Occupancy = { occupied: number; free: number; unknown: number; total: number };

/** The shares of a whole at a glance; the figures beside it say the same, so it is not read out. */
export function OccupancyBar({ occupied, free, unknown, total }: Occupancy) {
  if (total === 0) return null;
  const share = (part: number) => ({ width: `${(part / total) * 100}%` });
  return (
    <div className={classes.bar} aria-hidden="true">
      <span className={classes.occupied} style={share(occupied)} />
      <span className={classes.free} style={share(free)} />
      <span className={classes.unknown} style={share(unknown)} />
    </div>
  );
}
