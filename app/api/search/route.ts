import { z } from "zod";
import { endpoint } from "@/app/api/_http/endpoint";
import { Search } from "@/lib/domain/values/filters";
import { searchEstate } from "@/lib/server/search/search-estate";

const Query = z.object({
  text: Search.pipe(z.string("Required: what to look for.")),
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/search", {
  GET: async ({ context, query }) => ({
    status: 200,
    body: await searchEstate(context, query(Query).text),
  }),
});
