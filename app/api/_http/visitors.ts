import type { Context } from "@/lib/server/context";
import { runtime } from "@/lib/server/runtime";

/**
 * Counts a request without credentials against its address.
 * @throws Problem 429 above the limit
 */
export function limitVisitor({ actor: { address }, now }: Omit<Context, "db">): void {
  runtime().limits.count("visitor", { identity: null, address }, now.getTime());
}
