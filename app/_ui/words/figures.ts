const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 2 });
const fraction = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

const COMPACT_FROM = 10_000_000;

/** A count with its thousands apart: 1,234,567. */
export function figure(count: number): string {
  return whole.format(count);
}

/** A count that has to fit a card: from ten million on 12.35M; show `figure` beside it then. */
export function shortFigure(count: number): string {
  return count < COMPACT_FROM ? whole.format(count) : compact.format(count);
}

/** A percentage as rules give it, — where there is none. */
export function percent(value: number | null): string {
  return value === null ? "—" : `${fraction.format(value)} %`;
}

/** "1 device", "2,000 devices". */
export function counted(count: number, noun: string): string {
  return `${figure(count)} ${noun}${count === 1 ? "" : "s"}`;
}
