import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { openVisitorPage, viewerOfPage } from "@/app/_session/open-page";
import { DatabaseAway } from "@/app/_ui/database-away";
import { returnPath } from "@/lib/domain/return-path";
import { OIDC_PROVIDER, oidcName } from "@/lib/server/auth/next-auth-options";
import { Card } from "../_components/card";
import { ProviderSignIn } from "../_components/provider-sign-in";
import { SignInForm } from "../_components/sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

type Query = Record<string, string | string[] | undefined>;

export default async function SignInPage({ searchParams }: { searchParams: Promise<Query> }) {
  if (!(await openVisitorPage("/sign-in"))) return <DatabaseAway />;
  const query = await searchParams;
  const next = returnPath([query.next].flat()[0]);
  const viewer = await viewerOfPage();
  if (viewer.kind === "user") redirect(next);
  const name = oidcName();
  return (
    <Card title="Sign in">
      {name === null ? null : (
        <ProviderSignIn
          provider={OIDC_PROVIDER}
          name={name}
          next={next}
          problem={problemOf([query.error].flat()[0], name)}
        />
      )}
      <SignInForm next={next} />
    </Card>
  );
}

/** What next-auth's code for a failure means to whom it sent back here. */
function problemOf(code: string | undefined, provider: string): string | null {
  if (code === undefined) return null;
  if (code === "AccessDenied") {
    return `${provider} signed you in, but you have no account here. Ask an administrator to invite you with the e-mail address that you use there.`;
  }
  return `Signing in with ${provider} did not work. Try again.`;
}
