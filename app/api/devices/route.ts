import { z } from "zod";
import { endpoint } from "@/app/api/_http/endpoint";
import { pageAnswer, pageParams } from "@/app/api/_http/paging";
import { DeviceMessage } from "@/lib/domain/devices/device";
import { CodeCursor, ListParams } from "@/lib/domain/values/paging";
import { createDevice } from "@/lib/server/devices/create-device";
import { listDevices } from "@/lib/server/devices/read-devices";
import { ScopeParams } from "@/lib/server/scope/resolve-scope";

const Query = z.object({ ...ScopeParams, ...ListParams, ...pageParams(CodeCursor) });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/devices", {
  GET: async ({ request, context, query }) =>
    pageAnswer(request, await listDevices(context, query(Query))),
  POST: async ({ context, body }) => {
    const made = await createDevice(context, await body(DeviceMessage));
    return { status: 201, body: made, headers: { Location: `/api/devices/${made.id}` } };
  },
});
