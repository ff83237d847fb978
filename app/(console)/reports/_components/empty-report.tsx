import { Alert } from "@mantine/core";
import { dateInWords } from "@/app/_ui/local-time";
import { QueryLink } from "@/app/_ui/query-navigation";
import classes from "./reports.module.css";

/** Says that there is nothing to download, and where there is something. */
export function EmptyReport({ newestEventDay }: { newestEventDay: string | null }) {
  return (
    <Alert variant="light" color="gray" className={classes.empty} role="status">
      No parking events on these dates.{" "}
      {newestEventDay ? (
        <>
          The newest ones are of{" "}
          <QueryLink changes={{ from: newestEventDay, to: newestEventDay }}>
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
