/**
 * Numbers from 0 to 1 that only look random: for the same words always the same ones (FNV-1a as the
 * seed of mulberry32), so that what a demo bay does at a moment needs no memory.
 */
export function randomOf(...words: (string | number)[]): () => number {
  let state = 0x811c9dc5;
  for (const word of words) {
    for (const character of `${word} `) {
      state = Math.imul(state ^ character.charCodeAt(0), 0x01000193);
    }
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
