import type { LocalDate } from "@/lib/domain/values/fields";

/** One parking log; date and timestamp in the local time of its facility. */
export type UsageRow = {
  date: LocalDate;
  device_code: string;
  zone_code: string;
  /** The facility's code. */
  facility: string;
  is_occupied: boolean;
  timestamp: string;
};
