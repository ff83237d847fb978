import { endpoint, withoutBody } from "@/app/api/_http/endpoint";
import { ZoneChange } from "@/lib/domain/estate/zone";
import { deleteZone } from "@/lib/server/zones/delete-zone";
import { readZone } from "@/lib/server/zones/read-zones";
import { updateZone } from "@/lib/server/zones/update-zone";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/zones/[id]", {
  GET: async ({ context, id }) => ({
    status: 200,
    body: await readZone(context, id("Zone")),
  }),
  PATCH: async ({ context, id, body }) => {
    const input = { id: id("Zone"), change: await body(ZoneChange) };
    return { status: 200, body: await updateZone(context, input) };
  },
  DELETE: withoutBody(async ({ context, id }) => {
    await deleteZone(context, id("Zone"));
    return { status: 204, body: null };
  }),
});
