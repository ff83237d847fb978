import { Alert } from "@mantine/core";
import { dateInWords } from "@/app/_ui/local-time";
import { QueryLink } from "@/app/_ui/query-navigation";
import classes from "../dashboard.module.css";
import type { DayPhase } from "../load";

type EmptyDayHintProps = { phase: DayPhase; newestEventDay: string | null };

/** A day without events says whether that is to be expected, and where there are some. */
export function EmptyDayHint({ phase, newestEventDay }: EmptyDayHintProps) {
  const what =
    phase === "future"
      ? "This date is still to come."
      : phase === "today"
        ? "No parking events today yet."
        : "No parking events on this date.";
  return (
    <Alert variant="light" color="gray" className={classes.hint}>
      {what}{" "}
      {newestEventDay ? (
        <>
          The newest ones are of{" "}
          <QueryLink changes={{ date: newestEventDay, after: null }}>
            {dateInWords(newestEventDay)}
          </QueryLink>
          .
        </>
      ) : (
        "No device has sent any so far."
      )}
    </Alert>
  );
}
