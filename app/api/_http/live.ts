import { z } from "zod";
import { ScopeParams } from "@/lib/server/scope/resolve-scope";

/** What of the changes is asked for, and since when. */
export const LiveParams = z.object({
  ...ScopeParams,
  /** Without the changes of devices. */
  only: z.literal("alerts", "Must be alerts.").optional(),
  /** As the header Last-Event-ID, for those who can't set one. */
  last_event_id: z.string().max(100, "Not the id of an event.").optional(),
});
