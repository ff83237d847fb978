import { endpoint } from "@/app/api/_http/endpoint";
import { readProfile } from "@/lib/server/users/read-profile";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/profile", {
  GET: async ({ context }) => ({ status: 200, body: await readProfile(context) }),
});
