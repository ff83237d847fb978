import { z } from "zod";
import { endpoint } from "@/app/api/_http/endpoint";
import { LocalDate } from "@/lib/domain/values/fields";
import { readDashboardSummary } from "@/lib/server/dashboard/read-dashboard-summary";
import { resolveScope, ScopeParams } from "@/lib/server/scope/resolve-scope";

const Query = z.object({ date: LocalDate, ...ScopeParams });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/dashboard/summary", {
  GET: async ({ context, query }) => {
    const { date, ...place } = query(Query);
    const scope = await resolveScope(context, place);
    return { status: 200, body: await readDashboardSummary(context, { date, ...scope }) };
  },
});
