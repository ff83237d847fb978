import { isProblem } from "@/lib/domain/problem";
import { readOrAway } from "../read-or-away";

/** What a page of the estate has read, or why it can't show anything. */
export type EstateRead<T> =
  | { kind: "read"; value: T }
  | { kind: "away" }
  /** The address names a facility or zone that does not exist for who looks. */
  | { kind: "nowhere"; detail: string };

/** @throws what is neither an outage nor the address's fault: a fault of the program */
export async function readEstate<T>(read: () => Promise<T>): Promise<EstateRead<T>> {
  try {
    const value = await readOrAway(async () => ({ value: await read() }));
    return value ? { kind: "read", ...value } : { kind: "away" };
  } catch (error) {
    if (!isProblem(error) || error.status !== 400) throw error;
    const details = Object.values(error.options.errors ?? {}).flat();
    return { kind: "nowhere", detail: details.join(" ") || error.detail };
  }
}
