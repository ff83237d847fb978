import { endpoint, headersOf } from "@/app/api/_http/endpoint";
import { LiveParams } from "@/app/api/_http/live";
import { credentialOf } from "@/lib/server/auth/credential-of-request";
import { NO_CREDENTIALS, unauthorized } from "@/lib/server/auth/key-of-request";
import { liveAudience } from "@/lib/server/live/live-audience";
import { runtime } from "@/lib/server/runtime";

const HEADERS = {
  "Content-Type": "text/event-stream; charset=utf-8",
  // No one on the way may hold an event back to compress it or to fill a buffer.
  "Cache-Control": "no-store, no-transform",
  "X-Accel-Buffering": "no",
};

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/live", {
  GET: async ({ request, context, query }) => {
    const { last_event_id, ...asked } = query(LiveParams);
    const header = headersOf(request);
    const credential = credentialOf(header);
    if (!credential) throw unauthorized(NO_CREDENTIALS);
    const audience = await liveAudience(context, asked);
    if (request.method === "HEAD") return new Response(null, { headers: HEADERS });
    const lastEventId = header("last-event-id") ?? last_event_id ?? null;
    const stream = await runtime().streams.open({ audience, credential, lastEventId });
    return new Response(stream, { headers: HEADERS });
  },
});
