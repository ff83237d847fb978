import { z } from "zod";
import { readCsv } from "@/app/api/_http/csv";
import { endpoint } from "@/app/api/_http/endpoint";
import { QueryFlag } from "@/lib/domain/values/filters";
import { importDevices } from "@/lib/server/devices/import-devices";

const MAX_BYTES = 16 * 1024 * 1024;

const Query = z.object({ dry_run: QueryFlag.optional(), move: QueryFlag.optional() });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  "/api/devices/import",
  {
    POST: async ({ request, context, query }) => {
      const { dry_run: dryRun = false, move = false } = query(Query);
      const csv = await readCsv(request, MAX_BYTES);
      const done = await importDevices(context, { csv, dryRun, move });
      const made = done.created + done.zones_created + done.facilities_created;
      return { status: made > 0 && !dryRun ? 201 : 200, body: done };
    },
  },
  { parameters: Object.keys(Query.shape) },
);
