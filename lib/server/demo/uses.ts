import type { DayKind } from "./local-days";

type ByDay = Record<DayKind, number>;

/** How a bay is used: by one car for the day, by visitors one after the other, or overnight. */
export type Use = {
  name: string;
  /** How often one car has the bay for the working day. */
  dayLong: ByDay;
  /** How likely a visitor takes a free bay within each hour of the clock, and on which days. */
  visits: { hourly: number[]; share: ByDay; hours: [shortest: number, longest: number] };
  /** How often a car stays until the next morning. */
  overnight: number;
};

const NEVER = { weekday: 0, saturday: 0, sunday: 0 };
const hours = (chances: Record<number, number>) =>
  Array.from({ length: 24 }, (_, hour) => chances[hour] ?? 0.01);

/** Employees come between seven and nine and leave from half past four. */
export const OFFICE: Use = {
  name: "office",
  dayLong: { weekday: 0.82, saturday: 0.07, sunday: 0.03 },
  visits: {
    hourly: hours({ 8: 0.1, 9: 0.15, 10: 0.12, 11: 0.1, 12: 0.15, 13: 0.15, 14: 0.1, 15: 0.08 }),
    share: { weekday: 1, saturday: 0.2, sunday: 0.1 },
    hours: [0.4, 2.5],
  },
  overnight: 0.02,
};

/** Anyone who has an appointment: a few hours at most, at office hours. */
export const VISITORS: Use = {
  name: "visitors",
  dayLong: NEVER,
  visits: {
    hourly: hours({
      ...{ 7: 0.2, 8: 0.6, 9: 0.65, 10: 0.5, 11: 0.35, 12: 0.25, 13: 0.45, 14: 0.5 },
      ...{ 15: 0.4, 16: 0.35, 17: 0.2, 18: 0.08 },
    }),
    share: { weekday: 1, saturday: 0.12, sunday: 0.04 },
    hours: [0.4, 2.2],
  },
  overnight: 0,
};

/** Shops: errands in the morning, lunch, and most of all after work; Saturday is the day. */
export const SHOPS: Use = {
  name: "shops",
  dayLong: { weekday: 0.05, saturday: 0.05, sunday: 0.03 },
  visits: {
    hourly: hours({
      ...{ 8: 0.2, 9: 0.45, 10: 0.55, 11: 0.5, 12: 0.55, 13: 0.45, 14: 0.4, 15: 0.4 },
      ...{ 16: 0.55, 17: 0.75, 18: 0.75, 19: 0.5, 20: 0.25, 21: 0.08 },
    }),
    share: { weekday: 0.85, saturday: 1.15, sunday: 0.5 },
    hours: [0.3, 2.4],
  },
  overnight: 0.01,
};

/** Park and ride: full by eight, empty again at seven in the evening. */
export const COMMUTERS: Use = {
  name: "commuters",
  dayLong: { weekday: 0.88, saturday: 0.25, sunday: 0.15 },
  visits: {
    hourly: hours({ 7: 0.15, 8: 0.2, 18: 0.3, 19: 0.25, 20: 0.15 }),
    share: { weekday: 1, saturday: 0.8, sunday: 0.7 },
    hours: [0.5, 3],
  },
  overnight: 0.06,
};

/** Someone is brought to a train or fetched from one. */
export const KISS_AND_RIDE: Use = {
  name: "kiss and ride",
  dayLong: NEVER,
  visits: {
    hourly: hours({
      ...{ 5: 0.25, 6: 0.6, 7: 0.9, 8: 0.85, 9: 0.5, 10: 0.3, 11: 0.3, 12: 0.35, 13: 0.3 },
      ...{ 14: 0.3, 15: 0.4, 16: 0.6, 17: 0.85, 18: 0.9, 19: 0.65, 20: 0.4, 21: 0.3, 22: 0.2 },
    }),
    share: { weekday: 1, saturday: 0.5, sunday: 0.45 },
    hours: [0.1, 0.6],
  },
  overnight: 0,
};
