import { z } from "zod";
import { readCsv } from "@/app/api/_http/csv";
import { endpoint } from "@/app/api/_http/endpoint";
import { QueryFlag } from "@/lib/domain/values/filters";
import { importTargets } from "@/lib/server/targets/import-targets";

const MAX_BYTES = 16 * 1024 * 1024;

const Query = z.object({ dry_run: QueryFlag.optional() });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  "/api/targets/import",
  {
    POST: async ({ request, context, query }) => {
      const { dry_run: dryRun = false } = query(Query);
      const csv = await readCsv(request, MAX_BYTES);
      const done = await importTargets(context, { csv, dryRun });
      return { status: done.created > 0 && !dryRun ? 201 : 200, body: done };
    },
  },
  { parameters: Object.keys(Query.shape) },
);
