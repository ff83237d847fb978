import { endpoint } from "@/app/api/_http/endpoint";
import { readHealth } from "@/lib/server/health/read-health";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/health", {
  GET: async ({ context }) => ({ status: 200, body: await readHealth(context) }),
});
