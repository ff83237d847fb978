import {
  addressView,
  code,
  date,
  oneOf,
  type PageQuery,
  type ViewOf,
} from "@/app/_ui/addresses/address";
import { localDate, zoneLabel } from "@/app/_ui/words/local-time";
import {
  addDays,
  daysBetween,
  EARLIEST_DATE,
  LATEST_DATE,
  MOST_DAYS,
} from "@/lib/domain/values/dates";
import type { Bound } from "@/lib/server/scope/created-between";

/** Ranges that end now, in hours. */
export const ROLLING_HOURS = { "24h": 24, "7d": 7 * 24, "28d": 28 * 24 } as const;
export type RollingRange = keyof typeof ROLLING_HOURS;

const DEFAULT_RANGE: RollingRange = "24h";

const schema = addressView("/devices/[id]", {
  facility: code(),
  range: oneOf(["24h", "7d", "28d"], undefined),
  from: date(EARLIEST_DATE, LATEST_DATE),
  to: date(EARLIEST_DATE, LATEST_DATE),
});

export type RangeParameters = ViewOf<typeof schema>;

/** What the address asks the page of a device to show: so long until now, or local dates. */
export type DeviceView = { facility?: string } & (
  | { kind: "rolling"; range: RollingRange }
  | { kind: "dates"; from: string; to: string }
);

export const deviceView = {
  read(query: PageQuery): DeviceView {
    const { range, from, to, facility } = schema.read(query);
    const one = from ?? to;
    if (range || !one) return { kind: "rolling", range: range ?? DEFAULT_RANGE, facility };
    const dates = [from ?? one, to ?? one].sort() as [string, string];
    return { kind: "dates", from: dates[0], to: dates[1], facility };
  },
};

/** The ends of the range as reads take them. */
export function boundsOf(view: DeviceView, now: Date): { from: Bound; to: Bound } {
  if (view.kind === "dates") return { from: { date: view.from }, to: { date: view.to } };
  const start = now.getTime() - ROLLING_HOURS[view.range] * 3_600_000;
  return { from: { instant: start }, to: { instant: now.getTime() } };
}

/** How often charts of the range are worth drawing again: a bucket of the shortest takes minutes. */
export function chartsEveryMs(view: DeviceView): number {
  return view.kind === "rolling" && view.range === "24h" ? 10_000 : 60_000;
}

/** What the controls of the range show, and where they lead. */
export function rangeControls(view: DeviceView, timeZone: string, now: Date) {
  const today = localDate(now, timeZone);
  const rolling = view.kind === "rolling" ? view.range : null;
  const chosen = view.kind === "dates" ? view : null;
  const days = chosen
    ? daysBetween(chosen.from, chosen.to)
    : ROLLING_HOURS[rolling ?? DEFAULT_RANGE] / 24;
  const last = chosen?.to ?? today;
  const first = chosen?.from ?? addDays(today, 1 - days);
  return {
    rolling,
    from: chosen?.from ?? null,
    to: chosen?.to ?? null,
    today,
    earlier: { from: addDays(first, -days), to: addDays(last, -days) },
    later: last < today ? { from: addDays(first, days), to: addDays(last, days) } : null,
    timeZoneLabel: zoneLabel(timeZone, now),
    untilTodayFrom: addDays(today, 1 - MOST_DAYS),
  };
}
