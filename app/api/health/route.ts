import { endpoint } from "@/app/api/_http/endpoint";
import { readHealth } from "@/lib/server/health/read-health";
import { runtime } from "@/lib/server/runtime";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/health", {
  GET: ({ context }) => readHealth(context, runtime()),
});
