/** The most that the API takes. */
const MOST = 2 ** 31 - 1;

/** What someone typed as a count, or what is wrong with it in words. */
export function wholeNumber(text: string): { value: number } | { value: null; fault: string } {
  const trimmed = text.trim();
  if (!/^\d+$/.test(trimmed)) return { value: null, fault: "Must be a whole number, 0 or more." };
  const value = Number(trimmed);
  return value <= MOST ? { value } : { value: null, fault: `At most ${MOST}.` };
}
