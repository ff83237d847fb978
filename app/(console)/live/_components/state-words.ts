import type { IconName } from "@/app/_ui/icons";
import type { DeviceStatus } from "@/lib/domain/health";
import type { BayState } from "@/lib/domain/live";

/** Each state in a word, with the icon that goes with it. */
export const STATE_WORDS: Record<BayState, { word: string; icon: IconName }> = {
  occupied: { word: "Occupied", icon: "car" },
  free: { word: "Free", icon: "ok" },
  offline: { word: "Offline", icon: "away" },
  unknown: { word: "Unknown", icon: "question" },
};

export const STATUS_WORDS: Record<DeviceStatus, { word: string; icon: IconName }> = {
  OK: { word: "OK", icon: "ok" },
  WARNING: { word: "Warning", icon: "warning" },
  CRITICAL: { word: "Critical", icon: "critical" },
};
