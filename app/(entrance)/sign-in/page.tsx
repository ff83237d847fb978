import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { viewerOfPage } from "@/app/_session/open-page";
import { visitorPage } from "@/app/_session/visitor-page";
import { addressView, anyText } from "@/app/_ui/addresses/address";
import { returnPath } from "@/lib/domain/access/return-path";
import { OIDC_PROVIDER, oidcName } from "@/lib/server/auth/next-auth-options";
import { Card } from "../_components/card";
import { ProviderSignIn } from "../_components/provider-sign-in";
import { SignInForm } from "../_components/sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

export default visitorPage("/sign-in", {
  /** Where to go afterwards, and next-auth's code for a failure. */
  view: addressView("/sign-in", { next: anyText(null), error: anyText(null) }),
  async show({ view: { next: wanted, error } }) {
    const next = returnPath(wanted);
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
            problem={problemOf(error, name)}
          />
        )}
        <SignInForm next={next} />
      </Card>
    );
  },
});

/** What next-auth's code for a failure means to whom it sent back here. */
function problemOf(code: string | null, provider: string): string | null {
  if (code === null) return null;
  if (code === "AccessDenied") {
    return `${provider} signed you in, but you have no account here. Ask an administrator to invite you with the e-mail address that you use there.`;
  }
  return `Signing in with ${provider} did not work. Try again.`;
}
