import type { Actor } from "@/lib/server/context";
import { runtime } from "@/lib/server/runtime";

/**
 * Counts a request without credentials against its address.
 * @throws Problem 429 above the limit
 */
export async function limitVisitor({ address }: Actor): Promise<void> {
  await runtime().limits.count("visitor", { identity: null, address });
}
