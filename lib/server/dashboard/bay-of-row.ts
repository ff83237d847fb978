import type { BayMoments } from "@/lib/domain/occupancy/occupancy";

/** One device on one date, up to the moments that are asked about. */
export type Bay = BayMoments & {
  deviceId: number;
  zoneId: number;
  timeZone: string;
  /** Whether it is one of the bays that the date counts. */
  counts: boolean;
  /** Parking logs of the date that were in time. */
  events: number;
  /** Whether it sent telemetry or a parking log in that time. */
  isActive: boolean;
};

/** What is read of it: times in milliseconds since 1970. */
export type BayRow = {
  device_id: number;
  zone_id: number;
  time_zone: string;
  counts: boolean;
  limit_s: number;
  any_message: boolean;
  state_before: boolean | null;
  contact_before: number | null;
  is_active: boolean;
  events: number;
  /** "3+1700000000000,": by the number of the moment before which they came, state and newest time. */
  logs: string | null;
  /** "3:1700000000000,": the newest telemetry before a moment, by the number of that moment. */
  readings: string | null;
};

export function bayOf(row: BayRow): Bay {
  const logs = [...(row.logs ?? "").matchAll(/(\d+)([+-])(\d+)/g)].map(([, moment, sign, at]) => ({
    ...{ moment: Number(moment), occupied: sign === "+", at: Number(at) },
  }));
  const readings = [...(row.readings ?? "").matchAll(/(\d+):(\d+)/g)].map(([, moment, at]) => ({
    ...{ moment: Number(moment), at: Number(at) },
  }));
  return {
    deviceId: row.device_id,
    zoneId: row.zone_id,
    timeZone: row.time_zone,
    counts: row.counts,
    events: row.events,
    isActive: row.is_active,
    limits: { offlineAfterSeconds: row.limit_s },
    before: row.state_before,
    changes: logs,
    contactBefore: row.contact_before,
    contacts: row.any_message ? newestOf([...readings, ...logs]) : readings,
  };
}

/** In order of their moments, of several before one moment the newest. */
function newestOf(contacts: { moment: number; at: number }[]): Bay["contacts"] {
  const newest = new Map<number, number>();
  for (const { moment, at } of contacts) newest.set(moment, Math.max(at, newest.get(moment) ?? at));
  return [...newest].map(([moment, at]) => ({ moment, at })).sort((a, b) => a.moment - b.moment);
}
