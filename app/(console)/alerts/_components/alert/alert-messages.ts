import { callApi } from "@/app/_ui/forms/api-call";
import { counted } from "@/app/_ui/words/figures";

/** The alerts that a button is about: by id, or all that match filters as of a look at them. */
export type Choice =
  | { ids: number[] }
  | { matching: Record<string, string>; as_of: string; count: number };

export type Acknowledged = {
  acknowledged: { id: number; acknowledged_at: string; acknowledged_by: string }[];
  unchanged: number;
};
export type Unacknowledged = { unacknowledged: number[]; unchanged: number };

export const countOf = (choice: Choice) => ("ids" in choice ? choice.ids.length : choice.count);

/** The message of `POST /api/alerts/acknowledge`. */
export function acknowledgement(choice: Choice, comment: string) {
  if ("ids" in choice) return { ids: choice.ids, comment };
  const { matching, as_of } = choice;
  return { matching, as_of, comment };
}

export function takeBack(ids: number[]) {
  return callApi<Unacknowledged>("POST", "/api/alerts/unacknowledge", { ids });
}

/** What came of acknowledging, in words. */
export function acknowledgedInWords({ acknowledged, unchanged }: Acknowledged): string {
  if (acknowledged.length === 0) return "Already acknowledged.";
  const rest = unchanged === 0 ? "" : ` ${counted(unchanged, "other")} already acknowledged.`;
  return `${counted(acknowledged.length, "alert")} acknowledged.${rest}`;
}

/** What came of taking back, in words. */
export function takenBackInWords({ unacknowledged, unchanged }: Unacknowledged): string {
  const open = `${counted(unacknowledged.length, "alert")} open again.`;
  if (unchanged === 0) return open;
  const rest = `${counted(unchanged, "alert")} stayed: resolved, reopened or acknowledged by another user.`;
  return unacknowledged.length === 0 ? rest : `${open} ${rest}`;
}
