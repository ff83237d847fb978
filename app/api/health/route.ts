import { z } from "zod";
import { endpoint } from "@/app/api/_http/endpoint";
import { PRODUCT_PARTS, readHealth } from "@/lib/server/health/read-health";
import { runtime } from "@/lib/server/runtime";

const Query = z.object({
  part: z.enum(PRODUCT_PARTS, "Must be database or ingestion.").optional(),
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/health", {
  GET: ({ context, query }) => {
    const { part } = query(Query);
    return readHealth(context, runtime(), part && [part]);
  },
});
