import type { Acknowledgement } from "@/lib/domain/alerts/acknowledgement";
import type { Context } from "@/lib/server/context";
import { type AcknowledgedAlert, acknowledge, UNACKNOWLEDGED } from "./acknowledge";
import { type AlertChoice, chooseAlerts } from "./choose-alerts";

/**
 * Takes note of many alerts at once, all or none: those by id whether resolved or not, as
 * `acknowledgeAlert` does, and the newest `MOST_ALERTS_AT_ONCE` of those that match filters. Of two
 * operators who come at the same moment each alert knows the first.
 * @returns what this call acknowledged, and of the ids how many it left as they were: acknowledged
 *   already, or not within reach
 */
export async function acknowledgeAlerts(
  context: Context,
  { comment, ...choice }: AlertChoice & Acknowledgement,
): Promise<{ acknowledged: AcknowledgedAlert[]; unchanged: number }> {
  const acknowledged = await context.db.transaction(async (tx) => {
    const within = { ...context, db: tx };
    const { ids, still } = await chooseAlerts(within, choice, UNACKNOWLEDGED);
    return ids.length === 0 ? [] : acknowledge(within, still, comment);
  });
  const asked = "ids" in choice ? new Set(choice.ids).size : acknowledged.length;
  return { acknowledged, unchanged: asked - acknowledged.length };
}
