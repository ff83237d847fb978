import { z } from "zod";
import { endpoint } from "@/app/api/_http/endpoint";
import { packDevices } from "@/lib/domain/devices/live";
import { readDeviceStatuses } from "@/lib/server/devices/read-device-statuses";
import { resolveScope, ScopeParams } from "@/lib/server/scope/resolve-scope";

const Query = z.object(ScopeParams);

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/live/devices", {
  GET: async ({ context, query }) => {
    const scope = await resolveScope(context, query(Query));
    const { rows } = await readDeviceStatuses(context, scope);
    return { status: 200, body: packDevices(rows, context.now.getTime()) };
  },
});
