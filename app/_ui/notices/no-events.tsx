import { Alert, type AlertProps } from "@mantine/core";
import { QueryLink } from "../addresses/query-navigation";
import { dateInWords } from "../words/local-time";
import classes from "./no-events.module.css";

type NoEventsProps = Pick<AlertProps, "mt" | "mb" | "role"> & {
  /** What has none. */
  children: React.ReactNode;
  newestEventDay: string | null;
  /** How the address asks for a day. */
  asks: (date: string) => Record<string, string | null>;
};

/** Says that there are no parking events, and where there are some. */
export function NoEvents({ children, newestEventDay, asks, ...place }: NoEventsProps) {
  return (
    <Alert variant="light" color="gray" className={classes.note} {...place}>
      {children}{" "}
      {newestEventDay ? (
        <>
          The newest ones are of{" "}
          <QueryLink changes={asks(newestEventDay)}>{dateInWords(newestEventDay)}</QueryLink>.
        </>
      ) : (
        "No device has sent any so far."
      )}
    </Alert>
  );
}
