"use client";

import { useLiveEvents } from "@/app/_live/use-live";
import { useFocusKept } from "@/app/_ui/dialogs/use-focus-kept";
import { useRefresh } from "@/app/_ui/use-refresh";
import { alertState } from "@/lib/domain/alerts/alert-state";
import { AcknowledgeButton, TakeBackButton } from "../acknowledging/acknowledge-buttons";
import { AcknowledgingFrame } from "../acknowledging/acknowledging";

type AlertActionsProps = {
  alert: {
    id: number;
    device_code: string;
    acknowledged_at: string | null;
    acknowledged_by: string | null;
    resolved_at: string | null;
  };
  viewer: { name: string; mayAcknowledge: boolean };
  /** When the alert was read, ISO 8601. */
  readAt: string;
};

/** What can be done to an alert; the page follows what happens to it. */
export function AlertActions({ alert, viewer, readAt }: AlertActionsProps) {
  const { refreshSoon } = useRefresh();
  const refresh = () => refreshSoon();
  useLiveEvents({
    onAlerts: (changes) => {
      if (changes.some(({ alert_id }) => alert_id === alert.id)) refresh();
    },
    onReset: refresh,
  });
  useFocusKept(readAt);
  const state = alertState(alert);
  const of = `alert of ${alert.device_code}`;
  return (
    <AcknowledgingFrame allowed={viewer.mayAcknowledge}>
      {state === "open" ? <AcknowledgeButton choice={{ ids: [alert.id] }} of={of} main /> : null}
      {state === "acknowledged" && alert.acknowledged_by === viewer.name ? (
        <TakeBackButton id={alert.id} of={of} main />
      ) : null}
    </AcknowledgingFrame>
  );
}
