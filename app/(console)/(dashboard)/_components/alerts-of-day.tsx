import Link from "next/link";

type AlertsOfDayProps = {
  date: string;
  /** As the address names them. */
  facility?: string;
  zone?: string;
  count: number;
};

/** Leads to the alerts that a day's figure counts. */
export function AlertsOfDay({ date, facility, zone, count }: AlertsOfDayProps) {
  if (count === 0) return null;
  const query = new URLSearchParams({ state: "all", from: date, to: date });
  if (facility) query.set("facility", facility);
  if (zone) query.set("zone", zone);
  return (
    <Link href={`/alerts?${query}`} prefetch={false}>
      {count === 1 ? "Show the alert" : "Show these alerts"}
    </Link>
  );
}
