import { endpoint, withoutBody } from "@/app/api/_http/endpoint";
import { renewInvitation } from "@/lib/server/users/invite-user";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  "/api/users/[id]/invitation",
  {
    POST: withoutBody(async ({ context, id }) => ({
      status: 200,
      body: await renewInvitation(context, id("User")),
    })),
  },
);
