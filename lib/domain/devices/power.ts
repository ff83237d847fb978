/** Apparent power in watts; never infinite, so that it can be sent as JSON. */
export function powerW(voltage: number, current: number): number {
  return Math.min(voltage * current, Number.MAX_VALUE);
}
