/** So many characters fit a tile. */
const MOST = 5;

/**
 * The end of a bay's code, which tells it from its neighbours: its last part where that has a
 * number ("P1-017" is 017), else as much of its end as fits ("017-EV" is 17-EV).
 */
export function bayLabel(code: string): string {
  const last = code.split(/[-_./ ]/).at(-1) ?? "";
  return (/\d/.test(last) ? last : code).slice(-MOST);
}
