import type { Metadata } from "next";
import { visitorPage } from "@/app/_session/visitor-page";
import { readInvitation } from "@/lib/server/users/accept-invitation";
import { InvitationForm } from "../../_components/invitation-form";
import { LinkEnded } from "../../_components/link-ended";

export const metadata: Metadata = { title: "Invitation" };

/** Where the link of an invitation leads. */
export default visitorPage("/invite/[token]", {
  load: async ({ context }, _view, { token }: { token: string }) => ({
    ...{ token, invited: await readInvitation(context, token) },
  }),
  show: ({ loaded: { token, invited } }) =>
    invited ? (
      <InvitationForm token={token} email={invited.email} name={invited.name} />
    ) : (
      <LinkEnded />
    ),
});
