import { endpoint } from "@/app/api/_http/endpoint";
import { UserMessage } from "@/lib/domain/access/user";
import { inviteUser } from "@/lib/server/users/invite-user";
import { listUsers } from "@/lib/server/users/read-users";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/users", {
  GET: async ({ context }) => ({ status: 200, body: await listUsers(context) }),
  POST: async ({ context, body }) => {
    const made = await inviteUser(context, await body(UserMessage));
    return { status: 201, body: made, headers: { Location: `/api/users/${made.id}` } };
  },
});
