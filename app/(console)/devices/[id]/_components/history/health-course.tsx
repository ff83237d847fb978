import { Panel } from "@/app/_ui/panel";
import { AsTable, RecordTable } from "@/app/_ui/tables/record-table";
import records from "@/app/_ui/tables/records.module.css";
import { figure } from "@/app/_ui/words/figures";
import { exactTime } from "@/app/_ui/words/local-time";
import type { History } from "../../load";
import classes from "./figures.module.css";
import { TimeChart } from "./time-chart";

const MOST_ROWS = 30;

type HealthCourseProps = { history: History; timeZone: string };

/** Health through the range, as it was recorded whenever it changed. */
export function HealthCourse({ history, timeZone }: HealthCourseProps) {
  const { health, range, ticks } = history;
  if (health.length === 0) {
    return (
      <Panel id="health-course" title="Health over time">
        <p className={records.empty}>
          No health recorded in this period. Health is checked every 5 minutes and recorded when it
          changes.
        </p>
      </Panel>
    );
  }
  const scores = health.map(({ score }) => score);
  const [lowest, highest] = [Math.min(...scores), Math.max(...scores)];
  const inWords =
    lowest === highest ? `${lowest} all the time` : `From ${lowest} to ${highest} of 100`;
  const changes = health.filter(({ score }, at) => score !== health[at - 1]?.score).reverse();
  return (
    <Panel id="health-course" title="Health over time" aside={inWords}>
      <div className={classes.chart}>
        <TimeChart
          label={`Step chart of health over time. ${inWords}. The figures are in the table below it.`}
          unit=""
          points={health.map(({ at, score }) => ({ at, avg: score, min: score, max: score }))}
          from={range.from}
          to={range.to}
          ticks={ticks}
          timeZone={timeZone}
          lowest={0}
          highest={100}
          stepped
        />
      </div>
      <AsTable summary="Health as a table">
        <RecordTable
          caption={
            changes.length > MOST_ROWS
              ? `The newest ${MOST_ROWS} of ${figure(changes.length)} scores`
              : "Scores, newest first"
          }
          rows={changes.slice(0, MOST_ROWS)}
          keyOf={({ at }) => at}
          columns={[
            {
              name: "From",
              names: true,
              cell: ({ at }) => exactTime(new Date(at).toISOString(), timeZone),
            },
            { name: "Health", cell: ({ score }) => score },
          ]}
        />
      </AsTable>
    </Panel>
  );
}
