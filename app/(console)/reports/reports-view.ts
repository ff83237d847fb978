import { z } from "zod";
import { addDays } from "@/lib/domain/dates";
import { CodeSought, LocalDate } from "@/lib/domain/fields";

export type PageQuery = Record<string, string | string[] | undefined>;

/** Dates that can hold data; the arithmetic of presets stays within four-digit years. */
export const EARLIEST_DATE = "2000-01-01";
export const LATEST_DATE = "2999-12-31";

const first = (value: unknown) => {
  const text = Array.isArray(value) ? value[0] : value;
  return text === "" ? undefined : text;
};
// A date that makes no sense is left out, and its control shows so.
const optional = <S extends z.ZodType>(schema: S) =>
  z.preprocess(first, schema.optional()).catch(undefined);
const ReportDate = LocalDate.refine((date) => date >= EARLIEST_DATE && date <= LATEST_DATE);

/** What the address asks the page of reports to show. */
const ReportsView = z.object({
  from: optional(ReportDate),
  to: optional(ReportDate),
  /** Ids or codes. */
  facility: optional(CodeSought),
  zone: optional(CodeSought),
});
export type ReportsView = z.infer<typeof ReportsView>;

export function parseReportsView(query: PageQuery): ReportsView {
  return ReportsView.parse(query);
}

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
  const query = new URLSearchParams({ date_from: from, date_to: to });
  if (facility) query.set("facility", facility);
  if (zone) query.set("zone", zone);
  query.set("format", "csv");
  return `/api/reports/usage?${query}`;
}
