"use client";

import { Panel } from "@/app/_ui/panel";
import type { AlertType } from "@/lib/domain/alerts/alerting";
import { healthParts } from "@/lib/domain/devices/health";
import type { LiveDevice } from "@/lib/domain/devices/live";
import { CurrentState, type Measurements } from "./current-state";
import classes from "./device-now.module.css";
import { HealthExplained } from "./health-explained";
import { useLiveDevice } from "./use-live-device";

export type DeviceNowProps = {
  /** The device as the server read it. */
  facts: LiveDevice;
  measurements: Measurements;
  /** The open alerts that `facts` counts, by which health is explained. */
  openAlerts: { alert_type: AlertType }[];
  timeZone: string;
  /** How often the charts follow what is new: those of a long range show little of it. */
  chartsEveryMs: number;
  /** The server's clock when it read all this, milliseconds since 1970. */
  now: number;
};

/** What the device is doing now: follows the live stream at once, and the rest of the page soon. */
export function DeviceNow(props: DeviceNowProps) {
  const { measurements, openAlerts, timeZone } = props;
  const { live, now } = useLiveDevice(props.facts, props.now, props.chartsEveryMs);
  // An alert that the stream has told of is known by name with the next look.
  const known = openAlerts.length === live.open_alerts ? openAlerts : live.open_alerts;
  const limits = { offlineAfterSeconds: live.offline_after_seconds };
  const lastTelemetryAt = live.last_telemetry_at;
  const health = healthParts({ openAlerts: known, lastTelemetryAt, limits }, now);
  return (
    <div className={classes.columns}>
      <Panel id="now" title="Now">
        <CurrentState facts={live} {...{ measurements, timeZone, now }} />
      </Panel>
      <Panel id="health" title="Health">
        <HealthExplained {...health} limits={limits} />
      </Panel>
    </div>
  );
}
