import { AsTable, RecordTable } from "@/app/_ui/tables/record-table";
import { figure } from "@/app/_ui/words/figures";
import { exactTime } from "@/app/_ui/words/local-time";
import type { BayState } from "@/lib/domain/occupancy/bay-state";
import { duration } from "@/lib/domain/values/duration";
import type { Timeline } from "@/lib/server/devices/read-timeline";

const STATES: Record<BayState, string> = {
  occupied: "Occupied",
  free: "Free",
  offline: "Unknown: offline",
  unknown: "Unknown: no event yet",
};

const MOST_ROWS = 50;

type TimelineTablesProps = { timeline: Timeline; timeZone: string };

/** The timeline for anyone who can't or won't see it, newest first. */
export function TimelineTables({ timeline, timeZone }: TimelineTablesProps) {
  const { stretches, alerts, moreAlerts } = timeline;
  const shown = stretches.slice(-MOST_ROWS).reverse();
  const at = (ms: number) => exactTime(new Date(ms).toISOString(), timeZone);
  return (
    <AsTable summary="States as a table">
      <RecordTable
        caption={
          shown.length < stretches.length
            ? `The newest ${MOST_ROWS} of ${figure(stretches.length)} states of the bay`
            : "States of the bay, newest first"
        }
        rows={shown}
        keyOf={({ from }) => from}
        columns={[
          { name: "State", names: true, cell: ({ state }) => STATES[state] },
          { name: "From", cell: ({ from }) => at(from) },
          { name: "Until", cell: ({ to }) => at(to) },
          { name: "For", cell: ({ from, to }) => duration(to - from) },
        ]}
      />
      {alerts.length === 0 ? null : (
        <RecordTable
          caption={
            moreAlerts ? "The newest alerts in this time" : "Alerts in this time, newest first"
          }
          rows={alerts}
          keyOf={({ id }) => id}
          columns={[
            { name: "Alert", names: true, cell: ({ message }) => message },
            { name: "From", cell: ({ from }) => at(from) },
            { name: "Until", cell: ({ to }) => (to === null ? "Not resolved" : at(to)) },
            { name: "Severity", cell: ({ severity }) => severity.toLowerCase() },
          ]}
        />
      )}
    </AsTable>
  );
}
