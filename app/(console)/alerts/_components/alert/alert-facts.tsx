import Link from "next/link";
import { Ago } from "@/app/_live/clock";
import { SEVERITY_WORDS } from "@/app/_ui/words/alert-words";
import { figure } from "@/app/_ui/words/figures";
import { exactTime } from "@/app/_ui/words/local-time";
import { StateMark } from "@/app/_ui/words/state-mark";
import { duration } from "@/lib/domain/values/duration";
import type { AlertRow } from "@/lib/server/alerts/read-alerts";
import { StateWord } from "../list/alert-table";
import classes from "./alert-facts.module.css";
import { detailsInWords } from "./detail-words";

type AlertFactsProps = {
  alert: AlertRow;
  facility: { name: string; time_zone: string };
  /** The facility in the address, which links keep; "" for none. */
  query: string;
};

/** What, where, since when, how often, and the values with their limits. */
export function AlertFacts({ alert, facility, query }: AlertFactsProps) {
  const exact = (iso: string) => exactTime(iso, facility.time_zone);
  const when = (iso: string) => (
    <>
      <Ago iso={iso} exact={exact(iso)} /> <span className={classes.quiet}>{exact(iso)}</span>
    </>
  );
  const { created_at, last_triggered_at, acknowledged_at, resolved_at } = alert;
  return (
    <dl className={classes.facts}>
      <Fact name="State">
        <StateWord row={alert} />
      </Fact>
      <Fact name="Severity">
        <StateMark {...SEVERITY_WORDS[alert.severity]} />
      </Fact>
      <Fact name="Device">
        <Link href={`/devices/${alert.device_id}${query}`} prefetch={false}>
          {alert.device_code}
        </Link>
      </Fact>
      <Fact name="Where">
        Zone {alert.zone_code}, {facility.name}
      </Fact>
      <Fact name="Raised">{when(created_at)}</Fact>
      <Fact name="Triggered">
        {alert.occurrences === 1 ? "Once" : `${figure(alert.occurrences)} times, last `}
        {alert.occurrences === 1 ? null : when(last_triggered_at)}
      </Fact>
      {detailsInWords(alert.alert_type, alert.details).map(({ name, value, at }) => (
        <Fact key={name} name={name}>
          {value} {at ? <span className={value ? classes.quiet : ""}>{exact(at)}</span> : null}
        </Fact>
      ))}
      {acknowledged_at ? (
        <Fact name="Acknowledged">
          by {alert.acknowledged_by}, {when(acknowledged_at)}
          {alert.acknowledge_comment ? (
            <span className={classes.comment}>{alert.acknowledge_comment}</span>
          ) : null}
        </Fact>
      ) : null}
      {resolved_at ? (
        <Fact name="Resolved">
          {when(resolved_at)}
          {`, after ${duration(Date.parse(resolved_at) - Date.parse(created_at))}`}
        </Fact>
      ) : null}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
