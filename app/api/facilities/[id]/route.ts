import { endpoint, withoutBody } from "@/app/api/_http/endpoint";
import { FacilityChange } from "@/lib/domain/estate/facility";
import { deleteFacility } from "@/lib/server/facilities/delete-facility";
import { readFacility } from "@/lib/server/facilities/read-facilities";
import { updateFacility } from "@/lib/server/facilities/update-facility";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/facilities/[id]", {
  GET: async ({ context, id }) => ({
    status: 200,
    body: await readFacility(context, id("Facility")),
  }),
  PATCH: async ({ context, id, body }) => {
    const input = { id: id("Facility"), change: await body(FacilityChange) };
    return { status: 200, body: await updateFacility(context, input) };
  },
  DELETE: withoutBody(async ({ context, id }) => {
    await deleteFacility(context, id("Facility"));
    return { status: 204, body: null };
  }),
});
