import { endpoint } from "@/app/api/_http/endpoint";
import { limitVisitor } from "@/app/api/_http/visitors";
import { SetupMessage } from "@/lib/domain/access/user";
import { setUp } from "@/lib/server/setup/set-up";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/setup", {
  POST: async ({ context, body }) => {
    limitVisitor(context);
    return { status: 201, body: await setUp(context, await body(SetupMessage)) };
  },
});
