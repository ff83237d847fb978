import { endpoint } from "@/app/api/_http/endpoint";
import { LiveParams } from "@/app/api/_http/live";
import { liveAudience } from "@/lib/server/live/live-audience";
import { runtime } from "@/lib/server/runtime";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/live/changes", {
  GET: async ({ context, query }) => {
    const { last_event_id, ...asked } = query(LiveParams);
    const audience = await liveAudience(context, asked);
    const body = await runtime().streams.changesSince(audience, last_event_id ?? null);
    return { status: 200, body };
  },
});
