import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { LimitSettings } from "@/lib/domain/devices/limits";

type Limits = Record<keyof LimitSettings, AnyPgColumn>;

/** The rule limits of a facility, zone or device as a read selects them; null is inherited. */
export function limitColumns<T extends Limits>(table: T) {
  return {
    offline_after_seconds: table.offlineAfterSeconds,
    high_power_w: table.highPowerW,
    max_current_a: table.maxCurrentA,
    max_voltage_v: table.maxVoltageV,
    normal_readings_to_resolve: table.normalReadingsToResolve,
    reopen_within_seconds: table.reopenWithinSeconds,
  };
}

type LimitMessage = {
  offline_after_seconds?: number | null;
  high_power_w?: number | null;
  max_current_a?: number | null;
  max_voltage_v?: number | null;
  normal_readings_to_resolve?: number | null;
  reopen_within_seconds?: number | null;
};

/** The rule limits of a message as a verb writes them; what was left out stays undefined. */
export function limitValues(message: LimitMessage): Partial<LimitSettings> {
  return {
    offlineAfterSeconds: message.offline_after_seconds,
    highPowerW: message.high_power_w,
    maxCurrentA: message.max_current_a,
    maxVoltageV: message.max_voltage_v,
    normalReadingsToResolve: message.normal_readings_to_resolve,
    reopenWithinSeconds: message.reopen_within_seconds,
  };
}
