import { addressView, code, date, type ViewOf } from "@/app/_ui/addresses/address";
import { withQuery } from "@/app/_ui/addresses/query";
import { addDays, EARLIEST_DATE, LATEST_DATE } from "@/lib/domain/values/dates";

/** What the address asks the page of reports to show. */
export const reportsView = addressView("/reports", {
  /** Ids or codes. */
  facility: code(),
  zone: code(),
  from: date(EARLIEST_DATE, LATEST_DATE),
  to: date(EARLIEST_DATE, LATEST_DATE),
});
export type ReportsView = ViewOf<typeof reportsView>;

export type DateRange = { from: string; to: string };

const DEFAULT_DAYS = 7;

/** The dates of a view, both included; given the wrong way round they are swapped. */
export function rangeOf({ from, to }: ReportsView, today: string): DateRange {
  const last = to ?? (from !== undefined && from > today ? from : today);
  const [earlier, later] = [from ?? addDays(last, 1 - DEFAULT_DAYS), last].sort();
  return { from: earlier!, to: later! };
}

/** The ranges that people ask for most, in words. */
export function presets(today: string): (DateRange & { name: string })[] {
  const yesterday = addDays(today, -1);
  const monthStart = `${today.slice(0, 8)}01`;
  const lastMonthEnd = addDays(monthStart, -1);
  return [
    { name: "Today", from: today, to: today },
    { name: "Yesterday", from: yesterday, to: yesterday },
    { name: "Last 7 days", from: addDays(today, -6), to: today },
    { name: "Last 28 days", from: addDays(today, -27), to: today },
    { name: "This month", from: monthStart, to: today },
    { name: "Last month", from: `${lastMonthEnd.slice(0, 8)}01`, to: lastMonthEnd },
  ];
}

/** The address of the file with every row of a report. */
export function fileAddress({ from, to }: DateRange, { facility, zone }: ReportsView): string {
  const range = { date_from: from, date_to: to };
  return withQuery("/api/reports/usage", { ...range, facility, zone, format: "csv" });
}
