import Link from "next/link";
import { Panel } from "@/app/_ui/panel";
import { RecordTable } from "@/app/_ui/tables/record-table";
import records from "@/app/_ui/tables/records.module.css";
import { SEVERITY_WORDS } from "@/app/_ui/words/alert-words";
import { exactTime } from "@/app/_ui/words/local-time";
import { relativeAge } from "@/app/_ui/words/relative-age";
import { StateMark } from "@/app/_ui/words/state-mark";
import type { AlertRow } from "@/lib/server/alerts/read-alerts";

type DeviceAlertsProps = {
  alerts: AlertRow[];
  /** Where all alerts of the device are. */
  allHref: string;
  hrefOf: (id: number) => string;
  timeZone: string;
  /** The server's clock, milliseconds since 1970. */
  now: number;
};

/** The newest alerts of a device. */
export function DeviceAlerts({ alerts, allHref, hrefOf, timeZone, now }: DeviceAlertsProps) {
  const all = (
    <Link href={allHref} prefetch={false}>
      All alerts of this device
    </Link>
  );
  return (
    <Panel id="alerts" title="Newest alerts" aside={alerts.length === 0 ? null : all}>
      {alerts.length === 0 ? (
        <p className={records.empty}>This device has never raised an alert.</p>
      ) : (
        <RecordTable
          rows={alerts}
          keyOf={({ id }) => id}
          columns={[
            {
              name: "Alert",
              names: true,
              cell: ({ id, message }) => (
                <Link href={hrefOf(id)} prefetch={false}>
                  {message}
                </Link>
              ),
            },
            {
              name: "Severity",
              cell: ({ severity }) => <StateMark {...SEVERITY_WORDS[severity]} />,
            },
            { name: "State", cell: (alert) => stateInWords(alert, now) },
            {
              name: "Raised",
              cell: ({ created_at: at }) => (
                <time dateTime={at}>
                  {relativeAge(Date.parse(at), now)}
                  <span className={records.sub}>{exactTime(at, timeZone)}</span>
                </time>
              ),
            },
          ]}
        />
      )}
    </Panel>
  );
}

function stateInWords(alert: AlertRow, now: number): string {
  const { resolved_at, acknowledged_at, acknowledged_by } = alert;
  if (resolved_at) return `Resolved ${relativeAge(Date.parse(resolved_at), now)}`;
  return acknowledged_at ? `Acknowledged by ${acknowledged_by}` : "Open";
}
