import type { Metadata } from "next";
import { openVisitorPage } from "@/app/_session/open-page";
import { DatabaseAway } from "@/app/_ui/database-away";
import { readInvitation } from "@/lib/server/users/accept-invitation";
import { InvitationForm } from "../../_components/invitation-form";
import { LinkEnded } from "../../_components/link-ended";

export const metadata: Metadata = { title: "Invitation" };

type InvitePageProps = { params: Promise<{ token: string }> };

/** Where the link of an invitation leads. */
export default async function InvitePage({ params }: InvitePageProps) {
  const context = await openVisitorPage("/invite/[token]");
  if (!context) return <DatabaseAway />;
  const { token } = await params;
  const invited = await readInvitation(context, token);
  if (!invited) return <LinkEnded />;
  return <InvitationForm token={token} email={invited.email} name={invited.name} />;
}
