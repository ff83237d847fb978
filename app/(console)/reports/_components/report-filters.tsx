"use client";

import { NativeSelect } from "@mantine/core";
import { QueryLink, useQueryNavigation } from "@/app/_ui/addresses/query-navigation";
import { DateField } from "@/app/_ui/forms/date-field";
import { Panel } from "@/app/_ui/panel";
import type { ReportsView } from "../view";
import classes from "./reports.module.css";

type Range = { from: string; to: string };
type ReportFiltersProps = {
  range: Range;
  presets: (Range & { name: string })[];
  earliest: string;
  latest: string;
  /** What is reported on, in words. */
  place: string;
  /** Whose dates are meant, in words. */
  timeZone: string;
  /** The id of the zone; empty for all. */
  zone: string;
  zones: { value: string; label: string }[];
};

/** Which dates and which zone; kept in the address, so that a report can be sent to someone. */
export function ReportFilters(props: ReportFiltersProps) {
  const { range, presets, earliest, latest, place, timeZone, zone, zones } = props;
  const { go, pending } = useQueryNavigation<ReportsView>();
  return (
    <Panel id="range" title={place} aside={`Dates and times: ${timeZone}`}>
      <search className={classes.filters} aria-busy={pending}>
        <DateField
          label="From"
          className={classes.narrow}
          value={range.from}
          {...{ earliest, latest }}
          onChange={(from) => go({ from, to: range.to })}
        />
        <DateField
          label="To"
          className={classes.narrow}
          value={range.to}
          {...{ earliest, latest }}
          onChange={(to) => go({ from: range.from, to })}
        />
        <NativeSelect
          label="Zone"
          className={classes.zone}
          value={zone}
          onChange={(event) => go({ zone: event.currentTarget.value || null })}
          data={[{ value: "", label: "All zones" }, ...zones]}
        />
      </search>
      <ul className={classes.presets} aria-label="Ranges of dates">
        {presets.map(({ name, from, to }) => (
          <li key={name}>
            <QueryLink
              changes={{ from, to }}
              className={classes.preset}
              aria-current={from === range.from && to === range.to ? "true" : undefined}
            >
              {name}
            </QueryLink>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
