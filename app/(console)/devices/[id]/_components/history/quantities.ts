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

/** A share of a whole in words: "12 %", "under 1 %". */
export function share(part: number): string {
  if (part > 0 && part < 0.01) return "under 1 %";
  if (part < 1 && part > 0.99) return "over 99 %";
  return `${Math.round(part * 100)} %`;
}
