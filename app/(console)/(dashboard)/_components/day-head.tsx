import { QueryLink } from "@/app/_ui/addresses/query-navigation";
import { dateInWords } from "@/app/_ui/words/local-time";
import classes from "../dashboard.module.css";
import type { LoadedDay } from "../load";

type DayHeadProps = Pick<LoadedDay, "zone" | "date" | "phase"> & { place: string };

/** What day it is, and of what: a keyboard comes back to it where what had the focus is gone. */
export function DayHead({ place, zone, date, phase }: DayHeadProps) {
  return (
    <>
      <h1 className={classes.heading} tabIndex={-1}>
        {dateInWords(date)}
        {phase === "today" ? " · today" : ""}
      </h1>
      <p className={classes.place}>
        {place}
        {zone ? (
          <>
            {" · "}
            <strong>Zone {zone.code}</strong>{" "}
            <QueryLink changes={{ zone: null, after: null }}>Show all zones</QueryLink>
          </>
        ) : null}
      </p>
    </>
  );
}
