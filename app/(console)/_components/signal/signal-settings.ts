"use client";

import { useLocalStorage } from "@mantine/hooks";
import { ALERT_SEVERITIES, type AlertSeverity } from "@/lib/domain/alerts/alerting";

/** How someone wants to hear of new alerts in this browser. */
export type SignalSettings = {
  sound: boolean;
  desktop: boolean;
  /** Alerts of less than this are not told. */
  from: AlertSeverity;
};

const SILENT: SignalSettings = { sound: false, desktop: false, from: "WARNING" };

/** The settings, kept in this browser and shared by all its tabs. */
export function useSignalSettings() {
  return useLocalStorage<SignalSettings>({
    key: "smart-parking-alert-signal",
    defaultValue: SILENT,
    deserialize: (text) => settingsOf(text),
  });
}

/** What was kept may be of another version of this page, or of someone's making. */
function settingsOf(text: string | undefined): SignalSettings {
  try {
    const kept: Partial<SignalSettings> | null = JSON.parse(text ?? "null");
    return {
      sound: kept?.sound === true,
      desktop: kept?.desktop === true,
      from: ALERT_SEVERITIES.find((severity) => severity === kept?.from) ?? SILENT.from,
    };
  } catch {
    return SILENT;
  }
}
