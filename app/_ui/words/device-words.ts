import type { Connection } from "@/lib/domain/devices/connection";
import { DEVICE_STATUSES, type DeviceStatus } from "@/lib/domain/devices/health";
import { type NowState, STATE_FILTERS, type StateFilter } from "@/lib/domain/devices/live";
import type { Mark } from "./state-mark";

// How every page says what is known of a device and its bay: one word for one thing.

/** What is known of a bay now. "Unknown" is the word for all that is neither occupied nor free. */
export const STATE_WORDS: Record<NowState, Mark> = {
  occupied: { word: "Occupied", icon: "car", tone: "accent" },
  free: { word: "Free", icon: "ok", tone: "good" },
  offline: { word: "Offline", icon: "away", tone: "quiet" },
  never: { word: "Never connected", icon: "question", tone: "quiet" },
  unknown: { word: "No event yet", icon: "question", tone: "quiet" },
};

export const STATUS_WORDS: Record<DeviceStatus, Mark> = {
  OK: { word: "OK", icon: "ok", tone: "good" },
  WARNING: { word: "Warning", icon: "warning", tone: "warning" },
  CRITICAL: { word: "Critical", icon: "critical", tone: "critical" },
};

/** The connection of a device. */
export const CONNECTION_WORDS: Record<Connection, string> = {
  online: "Online",
  offline: STATE_WORDS.offline.word,
  never: STATE_WORDS.never.word,
};

const STATE_FILTER_WORDS: Record<StateFilter, string> = {
  occupied: STATE_WORDS.occupied.word,
  free: STATE_WORDS.free.word,
  unknown: "Unknown",
  offline: STATE_WORDS.offline.word,
  never: STATE_WORDS.never.word,
  no_event: STATE_WORDS.unknown.word,
};

type Option = { value: string; label: string };

/** What a filter by state offers. */
export const STATE_OPTIONS: Option[] = [
  { value: "", label: "Any state" },
  ...STATE_FILTERS.map((value) => ({ value, label: STATE_FILTER_WORDS[value] })),
];

/** What a filter by status offers. */
export const STATUS_OPTIONS: Option[] = [
  { value: "", label: "Any status" },
  ...DEVICE_STATUSES.map((value) => ({ value, label: STATUS_WORDS[value].word })),
];
