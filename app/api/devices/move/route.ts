import { endpoint } from "@/app/api/_http/endpoint";
import { DevicesMove } from "@/lib/domain/devices/device";
import { moveToZone } from "@/lib/server/devices/move-to-zone";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/devices/move", {
  POST: async ({ context, body }) => ({
    status: 200,
    body: await moveToZone(context, await body(DevicesMove)),
  }),
});
