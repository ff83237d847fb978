const fine = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
const coarse = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

/** From here on a faulty sensor speaks: its figures must not break the page. */
const IMPLAUSIBLE = 1e9;

/** A measured value: two decimals where they tell something, "1.2e+30" for what no meter measures. */
export function measured(value: number): string {
  if (Math.abs(value) >= IMPLAUSIBLE) return value.toExponential(1);
  return (Math.abs(value) < 100 ? fine : coarse).format(value);
}

/** "229.8–231.2", or one value where both are told alike. */
export function measuredRange(min: number, max: number): string {
  const [low, high] = [measured(min), measured(max)];
  return low === high ? low : `${low}–${high}`;
}

/** "45 s", "12 min", "3 h 20 min", "4 d 2 h": a length of time in its two largest units. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours < 24) return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
  const [days, hoursLeft] = [Math.floor(hours / 24), hours % 24];
  const inDays = `${days.toLocaleString("en")} d`;
  return hoursLeft === 0 ? inDays : `${inDays} ${hoursLeft} h`;
}

/** A share of a whole in words: "12 %", "under 1 %". */
export function share(part: number): string {
  if (part > 0 && part < 0.01) return "under 1 %";
  if (part < 1 && part > 0.99) return "over 99 %";
  return `${Math.round(part * 100)} %`;
}
