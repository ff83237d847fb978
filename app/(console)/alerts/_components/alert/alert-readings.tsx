import { Icon } from "@/app/_ui/icons";
import { Panel } from "@/app/_ui/panel";
import { AsTable, RecordTable } from "@/app/_ui/tables/record-table";
import records from "@/app/_ui/tables/records.module.css";
import { exactTime } from "@/app/_ui/words/local-time";
import type { AlertRow } from "@/lib/server/alerts/read-alerts";
import { type NearReading, readReadingsAround } from "@/lib/server/alerts/read-readings-around";
import type { Context } from "@/lib/server/context";
import classes from "./alert-readings.module.css";
import { type Course, courseInWords, courseOf, raisedAt } from "./reading-course";
import { ReadingsChart } from "./readings-chart";

/** So many readings are shown before and after the one that raised the alert. */
const EACH = 30;

type AlertReadingsProps = { context: Context; alert: AlertRow; timeZone: string };

/** The readings of the device around the time at which the alert was raised. */
export async function AlertReadings({ context, alert, timeZone }: AlertReadingsProps) {
  const at = raisedAt(alert);
  const around = { deviceId: alert.device_id, at, each: EACH };
  const readings = await readReadingsAround(context, around);
  const course = courseOf(alert);
  return (
    <Panel
      id="readings"
      title="Readings around the alert"
      aside={
        readings.length > 0 ? `Up to ${EACH} before and after ${exactTime(at, timeZone)}` : null
      }
    >
      {readings.length === 0 ? (
        <p className={records.empty}>No readings of this device around that time.</p>
      ) : (
        <>
          <p className={classes.summary}>{courseInWords(course, readings)}.</p>
          <div className={classes.chart}>
            <ReadingsChart
              label={`Line chart. ${courseInWords(course, readings)}. The figures are in the table below it.`}
              points={readings.map((r) => ({
                at: Date.parse(r.timestamp),
                value: r[course.field],
              }))}
              raisedAt={Date.parse(at)}
              timeZone={timeZone}
              {...course}
            />
          </div>
          <AsTable summary="Readings as a table">
            <ReadingTable readings={readings} course={course} at={at} timeZone={timeZone} />
          </AsTable>
        </>
      )}
    </Panel>
  );
}

type ReadingTableProps = { readings: NearReading[]; course: Course; at: string; timeZone: string };

const figure = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

function ReadingTable({ readings, course: { field, limit }, at, timeZone }: ReadingTableProps) {
  return (
    <RecordTable
      className={`${records.table} ${classes.table}`}
      cards={null}
      scrolled={{ label: "Readings", height: 420 }}
      rows={readings}
      keyOf={({ timestamp }) => timestamp}
      marksOf={({ timestamp }) => ({ "data-raised": timestamp === at || undefined })}
      columns={[
        {
          name: "Time",
          names: true,
          cell: ({ timestamp }) => (
            <time dateTime={timestamp}>{exactTime(timestamp, timeZone)}</time>
          ),
        },
        { name: "Voltage", cell: ({ voltage }) => `${figure.format(voltage)} V` },
        { name: "Current", cell: ({ current }) => `${figure.format(current)} A` },
        { name: "Power", cell: ({ power_w }) => `${figure.format(power_w)} W` },
        {
          name: "Limit",
          cell: (reading) =>
            limit !== null && reading[field] > limit ? (
              <span className={classes.above}>
                <Icon name="warning" size={14} /> Above
              </span>
            ) : (
              "–"
            ),
        },
      ]}
    />
  );
}
