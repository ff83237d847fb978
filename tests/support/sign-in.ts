/** What became of a sign-in: the session's cookie, or why there is none. */
export type SignIn = { status: number; cookie: string | null; error: string | null; url: string };

const PREFIXES = ["__Secure-", "__Host-", ""];

/** Signs in as the page does: with next-auth's CSRF token, its cookies kept as a browser keeps them. */
export async function signIn(
  url: string,
  credentials: { email: string; password: string; callbackUrl?: string },
  headers: Record<string, string> = {},
): Promise<SignIn> {
  const first = await fetch(`${url}/api/auth/csrf`, { headers });
  const { csrfToken } = (await first.json()) as { csrfToken: string };
  const response = await fetch(`${url}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { ...headers, Cookie: cookiesOf(first) },
    body: new URLSearchParams({ callbackUrl: "/", ...credentials, csrfToken, json: "true" }),
  });
  const body = (await response.json()) as { url?: string; detail?: string };
  const session = response.headers
    .getSetCookie()
    .find((cookie) => PREFIXES.some((p) => cookie.startsWith(`${p}next-auth.session-token=`)));
  const landed = body.url ? new URL(body.url, url) : null;
  return {
    status: response.status,
    cookie: session?.split(";")[0] ?? null,
    error: landed?.searchParams.get("error") ?? body.detail ?? null,
    url: body.url ?? "",
  };
}

/** The cookies that an answer sets, as a request sends them back. */
export function cookiesOf(response: Response): string {
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
  return cookies.join("; ");
}
