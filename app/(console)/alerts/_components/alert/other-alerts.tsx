import Link from "next/link";
import { Panel } from "@/app/_ui/panel";
import records from "@/app/_ui/tables/records.module.css";
import { type AlertRow, readAlertRows } from "@/lib/server/alerts/read-alerts";
import type { Context } from "@/lib/server/context";
import { AlertTable } from "../list/alert-table";
import classes from "./alert-readings.module.css";

type OtherAlertsProps = {
  context: Context;
  alert: AlertRow;
  facility: { id: number; name: string; time_zone: string };
  query: string;
};

const SHOWN = 10;

/** The newest alerts of the same device. */
export async function OtherAlerts({ context, alert, facility, query }: OtherAlertsProps) {
  const { rows } = await readAlertRows(context, { deviceId: alert.device_id, limit: SHOWN + 2 });
  const others = rows.filter(({ id }) => id !== alert.id);
  const more = others.length > SHOWN;
  const address = `/alerts?state=all&device=${alert.device_id}${query.replace("?", "&")}`;
  return (
    <Panel
      id="others"
      title={`Other alerts of ${alert.device_code}`}
      aside={more ? `The newest ${SHOWN}` : null}
    >
      {others.length === 0 ? (
        <p className={records.empty}>This device has had no other alert.</p>
      ) : (
        <AlertTable
          rows={others.slice(0, SHOWN)}
          selectable={false}
          withDevice={false}
          facilities={new Map([[facility.id, facility]])}
          withFacility={false}
          viewer=""
          mayAcknowledge={false}
          query={query}
        />
      )}
      {more ? (
        <p className={classes.more}>
          <Link href={address} prefetch={false}>
            All alerts of this device
          </Link>
        </p>
      ) : null}
    </Panel>
  );
}
