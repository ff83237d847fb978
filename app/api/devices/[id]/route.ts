import { endpoint, withoutBody } from "@/app/api/_http/endpoint";
import { DeviceChange } from "@/lib/domain/devices/device";
import { deleteDevice } from "@/lib/server/devices/delete-device";
import { readDevice } from "@/lib/server/devices/read-devices";
import { updateDevice } from "@/lib/server/devices/update-device";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/devices/[id]", {
  GET: async ({ context, id }) => ({
    status: 200,
    body: await readDevice(context, id("Device")),
  }),
  PATCH: async ({ context, id, body }) => {
    const input = { id: id("Device"), change: await body(DeviceChange) };
    return { status: 200, body: await updateDevice(context, input) };
  },
  DELETE: withoutBody(async ({ context, id }) => {
    await deleteDevice(context, id("Device"));
    return { status: 204, body: null };
  }),
});
