"use client";

import { useState } from "react";
import { useLiveEvents } from "@/app/_live/use-live";
import { Panel } from "@/app/_ui/panel";
import { useRefreshSoon } from "@/app/_ui/use-refresh-soon";
import { useServerClock } from "@/app/_ui/use-server-clock";
import type { AlertType } from "@/lib/domain/alerting";
import { healthParts } from "@/lib/domain/health";
import type { LiveDevice } from "@/lib/domain/live";
import { CurrentState, type Measurements } from "./current-state";
import classes from "./device-now.module.css";
import { HealthExplained } from "./health-explained";

/** Charts and lists follow the live state at this pace. */
const REFRESH_MS = 10_000;

export type DeviceNowProps = {
  /** The device as the server read it. */
  facts: LiveDevice;
  measurements: Measurements;
  /** The open alerts among `facts.open_alerts`, by which health is explained. */
  openAlerts: { alert_type: AlertType }[];
  timeZone: string;
  /** The server's clock when it read all this, milliseconds since 1970. */
  now: number;
};

/** What the device is doing now: follows the live stream at once, and the rest of the page soon. */
export function DeviceNow({ facts, measurements, openAlerts, timeZone, now }: DeviceNowProps) {
  const [live, setLive] = useState(facts);
  const [readAt, setReadAt] = useState(now);
  const clock = useServerClock(now);
  if (readAt !== now) {
    setReadAt(now);
    if (heardAt(facts) >= heardAt(live)) setLive(facts);
  }
  const refreshSoon = useRefreshSoon(REFRESH_MS);
  useLiveEvents({
    onDevices: (devices) => {
      const changed = devices.find(({ id }) => id === facts.id);
      if (!changed) return;
      setLive(changed);
      refreshSoon();
    },
    onAlerts: (changes) => {
      if (changes.some(({ device_id }) => device_id === facts.id)) refreshSoon();
    },
    onReset: refreshSoon,
  });
  const known = openAlerts.length === live.open_alerts ? openAlerts : live.open_alerts;
  const health = healthParts({ openAlerts: known, lastTelemetryAt: live.last_telemetry_at }, clock);
  return (
    <div className={classes.columns}>
      <Panel id="now" title="Now">
        <CurrentState facts={live} measurements={measurements} timeZone={timeZone} now={clock} />
      </Panel>
      <Panel id="health" title="Health">
        <HealthExplained {...health} />
      </Panel>
    </div>
  );
}

const heardAt = ({ last_telemetry_at, last_parking_log_at }: LiveDevice) =>
  Math.max(last_telemetry_at ?? 0, last_parking_log_at ?? 0);
