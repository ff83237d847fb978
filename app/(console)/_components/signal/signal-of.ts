import { ALERT_TYPE_NAMES, SEVERITY_WORDS } from "@/app/_ui/words/alert-words";
import { counted } from "@/app/_ui/words/figures";
import { ALERT_SEVERITIES, type AlertSeverity } from "@/lib/domain/alerts/alerting";
import type { LiveAlertChange } from "@/lib/domain/devices/live";

/** What to show for a batch of changes: one signal, however many alerts came up. */
export type Signal = { title: string; text: string; path: string; tag: string };

const rank = (severity: AlertSeverity) => ALERT_SEVERITIES.indexOf(severity);

/** @returns null where no alert of at least this severity has come up */
export function signalOf(changes: LiveAlertChange[], from: AlertSeverity): Signal | null {
  const up = changes
    .filter(({ kind }) => kind === "raised" || kind === "reopened")
    .filter(({ severity }) => rank(severity) >= rank(from))
    .sort((a, b) => rank(b.severity) - rank(a.severity) || b.alert_id - a.alert_id);
  const [worst] = up;
  if (!worst) return null;
  const tag = `alert-${worst.alert_id}-${worst.at}`;
  const severity = SEVERITY_WORDS[worst.severity].word;
  const what = `${ALERT_TYPE_NAMES[worst.alert_type]} at ${worst.device_code}`;
  const alerts = new Set(up.map(({ alert_id }) => alert_id)).size;
  if (alerts === 1) {
    const title = `${severity}: ${what}`;
    return { title, text: worst.message, path: `/alerts/${worst.alert_id}`, tag };
  }
  const title = `${counted(alerts, "new alert")}, worst: ${severity.toLowerCase()}`;
  const text = `${what}, and ${counted(alerts - 1, "other")}.`;
  return { title, text, path: "/alerts", tag };
}
