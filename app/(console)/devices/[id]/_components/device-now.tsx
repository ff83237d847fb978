"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { useLiveEvents } from "@/app/_live/use-live";
import { Panel } from "@/app/_ui/panel";
import { useRefreshSoon } from "@/app/_ui/use-refresh-soon";
import { useServerClock } from "@/app/_ui/use-server-clock";
import { type AlertType, isSilent } from "@/lib/domain/alerting";
import { healthParts } from "@/lib/domain/health";
import { DEFAULT_LIMITS } from "@/lib/domain/limits";
import type { LiveDevice } from "@/lib/domain/live";
import { CurrentState, type Measurements } from "./current-state";
import classes from "./device-now.module.css";
import { HealthExplained } from "./health-explained";

/** Lists follow the live state at this pace. */
const REFRESH_MS = 10_000;

export type DeviceNowProps = {
  /** The device as the server read it. */
  facts: LiveDevice;
  measurements: Measurements;
  /** The open alerts among `facts.open_alerts`, by which health is explained. */
  openAlerts: { alert_type: AlertType }[];
  timeZone: string;
  /** How often the charts follow what is new: those of a long range show little of it. */
  chartsEveryMs: number;
  /** The server's clock when it read all this, milliseconds since 1970. */
  now: number;
};

/** What the device is doing now: follows the live stream at once, and the rest of the page soon. */
export function DeviceNow(props: DeviceNowProps) {
  const { facts, measurements, openAlerts, timeZone, chartsEveryMs, now } = props;
  const [live, setLive] = useState(facts);
  const [readAt, setReadAt] = useState(now);
  const clock = useServerClock(now);
  if (readAt !== now) {
    setReadAt(now);
    if (facts.read_at >= live.read_at) setLive(facts);
  }
  const refreshSoon = useRefreshSoon();
  useLiveEvents({
    onDevices: (devices) => {
      const changed = devices.find(({ id }) => id === facts.id);
      if (!changed) return;
      setLive(changed);
      refreshSoon(chartsEveryMs);
    },
    onAlerts: (changes) => {
      if (changes.some(({ device_id }) => device_id === facts.id)) {
        refreshSoon(REFRESH_MS);
      }
    },
    onReset: () => refreshSoon(REFRESH_MS),
  });
  const limits = { ...DEFAULT_LIMITS, offlineAfterSeconds: live.offline_after_seconds };
  const silent = isSilent(live.last_contact_at, limits, clock);
  // Where the stream tells of another facility, nobody has looked since it should have been heard.
  const doubted = silent && !isSilent(live.last_contact_at, limits, live.read_at);
  const lookAgain = useEffectEvent(() => refreshSoon(REFRESH_MS));
  useEffect(() => {
    if (doubted) lookAgain();
  }, [doubted]);
  const known = openAlerts.length === live.open_alerts ? openAlerts : live.open_alerts;
  const health = healthParts({ openAlerts: known, lastTelemetryAt: live.last_telemetry_at }, clock);
  return (
    <div className={classes.columns}>
      <Panel id="now" title="Now">
        <CurrentState
          {...{ facts: live, measurements, silent, timeZone }}
          now={Math.max(clock, live.read_at)}
        />
      </Panel>
      <Panel id="health" title="Health">
        <HealthExplained {...health} />
      </Panel>
    </div>
  );
}
