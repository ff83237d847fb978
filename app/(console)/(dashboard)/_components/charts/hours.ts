import type { HourlyUsage } from "@/lib/server/dashboard/hourly-usage";

const clock = (hour: string) => hour.slice(11, 16);

/** "01:00" for each hour; with its offset where the clock is set back and the hour comes twice. */
export function hourLabels(hours: readonly string[]): string[] {
  return hours.map((hour, at) => {
    const twice = hours.some((other, i) => i !== at && clock(other) === clock(hour));
    return twice ? `${clock(hour)} (${hour.slice(19)})` : clock(hour);
  });
}

/**
 * The events of the hours of another date beside those of this one, by the clock: an hour that
 * came twice stands beside the first and the second of its name, and a missing one beside none.
 */
export function besideHours(
  hours: readonly string[],
  others: readonly HourlyUsage[],
): (number | null)[] {
  const left = new Map<string, number[]>();
  for (const { hour, count } of others) {
    left.set(clock(hour), [...(left.get(clock(hour)) ?? []), count]);
  }
  return hours.map((hour) => left.get(clock(hour))?.shift() ?? null);
}
