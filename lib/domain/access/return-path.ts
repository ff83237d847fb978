/** Any origin: it only shows whether an address leaves it. */
const HERE = "http://here.invalid";

/**
 * Where to go after sign-in: the given path, if it stays on this site, else the start page. A path
 * that browsers take for another host (`//evil.example`, `/\evil.example`) does not stay.
 */
export function returnPath(text: string | null | undefined): string {
  if (!text?.startsWith("/") || !URL.canParse(text, HERE)) return "/";
  const url = new URL(text, HERE);
  if (url.origin !== HERE || url.pathname.startsWith("/sign-in")) return "/";
  // Dots resolve to nothing, so `/.//evil.example` stays here and comes out as `//evil.example`.
  if (url.pathname.startsWith("//")) return "/";
  url.searchParams.delete("_rsc");
  return url.pathname + url.search;
}
