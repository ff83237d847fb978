import { endpoint } from "@/app/api/_http/endpoint";
import { limitVisitor } from "@/app/api/_http/visitors";
import { InvitationAnswer } from "@/lib/domain/access/user";
import { acceptInvitation } from "@/lib/server/users/accept-invitation";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  "/api/invitations/accept",
  {
    POST: async ({ context, body }) => {
      limitVisitor(context);
      return { status: 200, body: await acceptInvitation(context, await body(InvitationAnswer)) };
    },
  },
);
