import { readOrAway } from "@/app/_session/read-or-away";
import { QueryLink } from "@/app/_ui/addresses/query-navigation";
import { DatabaseAway } from "@/app/_ui/notices/database-away";
import { Panel } from "@/app/_ui/panel";
import records from "@/app/_ui/tables/records.module.css";
import { MOST_DAYS } from "@/lib/domain/values/dates";
import type { Context } from "@/lib/server/context";
import type { DeviceDetail } from "@/lib/server/devices/read-device-detail";
import classes from "../../device.module.css";
import { loadHistory } from "../../load";
import type { DeviceView } from "../../view";
import { HealthCourse } from "./health-course";
import { Readings } from "./readings";
import { Timeline } from "./timeline";

type DeviceHistoryProps = { context: Context; device: DeviceDetail; view: DeviceView };

/** What happened to the device in the time in view. */
export async function DeviceHistory({ context, device, view }: DeviceHistoryProps) {
  const history = await readOrAway(() => loadHistory(context, device, view));
  if (!history) return <DatabaseAway />;
  if (history.kind === "too_long") {
    return (
      <Panel id="too-long" title="Range too long">
        <p className={records.quiet}>
          Charts show at most {MOST_DAYS} days.{" "}
          <QueryLink changes={{ range: "28d", from: null, to: null }}>
            Show the last 28 days
          </QueryLink>
        </p>
      </Panel>
    );
  }
  return (
    <div className={classes.stack}>
      <Timeline history={history} timeZone={device.time_zone} />
      <Readings history={history} device={device} />
      <HealthCourse history={history} timeZone={device.time_zone} />
    </div>
  );
}
