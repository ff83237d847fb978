const tenths = new Intl.NumberFormat("en", {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** "230.5 V"; — where nothing was measured. */
export function measured(value: number | null, unit: "V" | "A" | "W", digits: 0 | 1 = 1): string {
  if (value === null) return "—";
  return `${(digits === 0 ? whole : tenths).format(value)} ${unit}`;
}
