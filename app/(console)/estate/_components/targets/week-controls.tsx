"use client";

import { Button } from "@mantine/core";
import { useQueryNavigation } from "@/app/_ui/addresses/query-navigation";
import { DateSteps } from "@/app/_ui/forms/date-steps";
import { SearchField } from "@/app/_ui/forms/search-field";
import records from "@/app/_ui/tables/records.module.css";
import type { TargetsView } from "../../view";
import classes from "./week-controls.module.css";

type WeekControlsProps = {
  monday: string;
  weekInWords: string;
  /** Mondays of the weeks beside it. */
  previous: string;
  next: string;
  today: string;
  search: string;
  /** What can be done with the week. */
  children: React.ReactNode;
};

/** Which week is in view, as `week` in the address. */
export function WeekControls(props: WeekControlsProps) {
  const { monday, weekInWords, previous, next, today, search, children } = props;
  const { go, pending } = useQueryNavigation<TargetsView>();
  const show = (week: string | null) => go({ week, after: null });
  return (
    <div className={classes.controls} aria-busy={pending}>
      <DateSteps
        legend="Week"
        label="A day of the week"
        value={monday}
        onDate={show}
        previous={{ label: "Previous week", onStep: () => show(previous) }}
        next={{ label: "Next week", onStep: () => show(next) }}
      >
        <Button
          variant="default"
          disabled={monday <= today && today < next}
          onClick={() => show(null)}
        >
          This week
        </Button>
      </DateSteps>
      <SearchField search={search} placeholder="Zone or device" className={records.search} />
      {children}
      <p className={classes.inWords} role="status">
        {weekInWords}
      </p>
    </div>
  );
}
