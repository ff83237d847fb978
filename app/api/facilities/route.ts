import { z } from "zod";
import { endpoint } from "@/app/api/_http/endpoint";
import { pageAnswer, pageParams } from "@/app/api/_http/paging";
import { FacilityMessage } from "@/lib/domain/estate/facility";
import { CodeCursor, ListParams } from "@/lib/domain/values/paging";
import { createFacility } from "@/lib/server/facilities/create-facility";
import { listFacilities } from "@/lib/server/facilities/read-facilities";

const Query = z.object({ ...ListParams, ...pageParams(CodeCursor) });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/facilities", {
  GET: async ({ request, context, query }) =>
    pageAnswer(request, await listFacilities(context, query(Query))),
  POST: async ({ context, body }) => {
    const made = await createFacility(context, await body(FacilityMessage));
    return { status: 201, body: made, headers: { Location: `/api/facilities/${made.id}` } };
  },
});
