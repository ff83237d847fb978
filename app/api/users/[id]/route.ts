import { endpoint } from "@/app/api/_http/endpoint";
import { UserChange } from "@/lib/domain/access/user";
import { readUser } from "@/lib/server/users/read-users";
import { updateUser } from "@/lib/server/users/update-user";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/users/[id]", {
  GET: async ({ context, id }) => ({ status: 200, body: await readUser(context, id("User")) }),
  PATCH: async ({ context, id, body }) => {
    const input = { id: id("User"), change: await body(UserChange) };
    return { status: 200, body: await updateUser(context, input) };
  },
});
