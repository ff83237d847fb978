import { Search } from "@/lib/domain/filters";
import type { ApiKey } from "@/lib/server/keys/read-keys";

/** What the address asks to look for; a text that makes no sense looks for nothing. */
export function parseSearch(given: string | string[] | undefined): string {
  const text = Array.isArray(given) ? given[0] : given;
  return Search.safeParse(text).data ?? "";
}

/** Whether a key shows the text that is looked for, in upper or lower case. */
export function matchesSearch(key: ApiKey, search: string): boolean {
  const { name, place, created_by, scopes, secrets } = key;
  const texts = [name, place ?? "all facilities", created_by, ...scopes];
  return [...texts, ...secrets.map(({ hint }) => hint)].some((text) =>
    text.toLowerCase().includes(search.toLowerCase()),
  );
}
