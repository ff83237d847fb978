"use client";

import { ActionIcon, Button } from "@mantine/core";
import { DateField } from "@/app/_ui/date-field";
import { Icon } from "@/app/_ui/icons";
import { useQueryNavigation } from "@/app/_ui/query-navigation";
import records from "@/app/_ui/records.module.css";
import { SearchField } from "@/app/_ui/search-field";
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
  const { go, pending } = useQueryNavigation();
  const show = (week: string | null) => go({ week, after: null });
  return (
    <div className={classes.controls} aria-busy={pending}>
      <fieldset className={classes.week}>
        <legend className={classes.legend}>Week</legend>
        <ActionIcon
          variant="default"
          size={36}
          aria-label="Previous week"
          onClick={() => show(previous)}
        >
          <Icon name="left" />
        </ActionIcon>
        <DateField
          label="A day of the week"
          labelHidden
          className={classes.date}
          value={monday}
          onChange={(date) => {
            if (date !== null) show(date);
          }}
        />
        <ActionIcon variant="default" size={36} aria-label="Next week" onClick={() => show(next)}>
          <Icon name="right" />
        </ActionIcon>
        <Button
          variant="default"
          disabled={monday <= today && today < next}
          onClick={() => show(null)}
        >
          This week
        </Button>
      </fieldset>
      <SearchField search={search} placeholder="Zone or device" className={records.search} />
      {children}
      <p className={classes.inWords} role="status">
        {weekInWords}
      </p>
    </div>
  );
}
