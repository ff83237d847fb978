import { dateInWords } from "@/app/_ui/local-time";
import { QueryLink } from "@/app/_ui/query-navigation";
import classes from "../dashboard.module.css";
import type { LoadedDay } from "./day";

type DayHeadProps = Pick<LoadedDay, "facility" | "zone" | "date" | "phase">;

/** What day it is, and of what: a keyboard comes back to it where what had the focus is gone. */
export function DayHead({ facility, zone, date, phase }: DayHeadProps) {
  return (
    <>
      <h1 className={classes.heading} tabIndex={-1}>
        {dateInWords(date)}
        {phase === "today" ? " · today" : ""}
      </h1>
      <p className={classes.place}>
        {facility ? facility.name : "All facilities"}
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
