import { endpoint } from "@/app/api/_http/endpoint";
import { PasswordChange } from "@/lib/domain/access/user";
import { changeOwnPassword } from "@/lib/server/users/change-password";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/profile/password", {
  POST: async ({ context, body }) => {
    await changeOwnPassword(context, await body(PasswordChange));
    return { status: 204, body: null };
  },
});
