import { tellOtherTabsOfSignOut } from "../session-events";
import { UNREACHABLE } from "./api-call";

/** What came of an attempt to sign in. */
export type SignInResult =
  | { kind: "signed_in" }
  | { kind: "refused" }
  /** Too many failures of this account, or too many requests of this address. */
  | { kind: "wait"; cause: "failures" | "requests"; seconds: number }
  | { kind: "failed"; detail: string };

type AuthAnswer =
  | { kind: "url"; url: URL }
  | Extract<SignInResult, { kind: "wait" }>
  | Extract<SignInResult, { kind: "failed" }>;

const FAILED = "Signing in did not work. Try again shortly.";
const NEEDS_COOKIES = "Signing in needs cookies. Allow them for this site and try again.";
const WAIT_SECONDS = 60;

/** Signs in with a password; its session's cookie is set when this returns. Never throws. */
export async function signInWithPassword(email: string, password: string): Promise<SignInResult> {
  const answer = await callAuth("callback/credentials", { email, password, callbackUrl: "/" });
  if (answer.kind !== "url") return answer;
  const error = answer.url.searchParams.get("error");
  if (error === null) return { kind: "signed_in" };
  if (error === "CredentialsSignin") return { kind: "refused" };
  const seconds = Number(/^Locked:(\d+)$/.exec(error)?.[1]);
  if (seconds > 0) return { kind: "wait", cause: "failures", seconds };
  return { kind: "failed", detail: FAILED };
}

/** Opens the start page in the name of who has just chosen a password. */
export async function enter(email: string, password: string): Promise<void> {
  const { kind } = await signInWithPassword(email, password);
  window.location.assign(kind === "signed_in" ? "/" : "/sign-in");
}

/**
 * Leaves for an OpenID provider, which leads back to a path of this site.
 * @returns why it did not, in words; null when the browser is on its way
 */
export async function leaveForProvider(provider: string, next: string): Promise<string | null> {
  const answer = await callAuth(`signin/${provider}`, { callbackUrl: next });
  if (answer.kind === "wait") return "Too many requests; come back in a minute.";
  if (answer.kind === "failed") return answer.detail;
  window.location.assign(answer.url);
  return null;
}

/** Ends the session and opens sign-in. @returns why it did not, in words */
export async function signOut(): Promise<string | null> {
  const answer = await callAuth("signout", { callbackUrl: "/sign-in" });
  if (answer.kind === "wait") return "Too many requests; come back in a minute.";
  if (answer.kind === "failed") return answer.detail;
  tellOtherTabsOfSignOut();
  window.location.assign("/sign-in");
  return null;
}

/**
 * Calls next-auth. Its own client leaves the page for an error page that we have not when it can't
 * reach the server, and throws where the server refuses a call before next-auth sees it.
 */
async function callAuth(action: string, fields: Record<string, string>): Promise<AuthAnswer> {
  try {
    const csrf = await fetch("/api/auth/csrf", { cache: "no-store" });
    if (!csrf.ok) return refusal(csrf);
    const { csrfToken } = await csrf.json();
    const body = new URLSearchParams({ ...fields, csrfToken, json: "true" });
    const response = await fetch(`/api/auth/${action}`, { method: "POST", body });
    const { url = null } = await response.json();
    if (url === null) return refusal(response);
    const answered = new URL(url, window.location.origin);
    // Without the cookie that goes with the token next-auth asks to begin again.
    const unverified = answered.searchParams.has("csrf");
    return unverified ? { kind: "failed", detail: NEEDS_COOKIES } : { kind: "url", url: answered };
  } catch {
    return { kind: "failed", detail: UNREACHABLE };
  }
}

function refusal({ status, headers }: Response): AuthAnswer {
  if (status !== 429) return { kind: "failed", detail: FAILED };
  const seconds = Number(headers.get("Retry-After")) || WAIT_SECONDS;
  return { kind: "wait", cause: "requests", seconds };
}
