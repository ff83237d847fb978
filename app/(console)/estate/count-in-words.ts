import { figure } from "@/app/_ui/words/figures";

export const PLURALS = {
  facility: "facilities",
  zone: "zones",
  device: "devices",
  target: "targets",
} as const;
export type EstateNoun = keyof typeof PLURALS;

/** "12 zones", "1 device matches". */
export function countInWords(count: number, noun: EstateNoun, filtered: boolean): string {
  const one = count === 1;
  const things = `${figure(count)} ${one ? noun : PLURALS[noun]}`;
  return filtered ? `${things} ${one ? "matches" : "match"}` : things;
}
