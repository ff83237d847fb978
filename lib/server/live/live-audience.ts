import type { ReadContext } from "@/lib/server/context";
import { resolveScope } from "@/lib/server/scope/resolve-scope";
import type { Audience } from "./event-log";

/**
 * What part of all changes someone asks for and may hear.
 * @throws Problem 400 for a place that does not exist for them
 */
export async function liveAudience(
  context: ReadContext,
  { facility, zone, only }: { facility?: string; zone?: string; only?: "alerts" },
): Promise<Audience> {
  const { facilityId, zoneId } = await resolveScope(context, { facility, zone });
  return { reach: context.actor.reach, facilityId, zoneId, devices: only !== "alerts" };
}
