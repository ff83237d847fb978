import { addressView, search } from "@/app/_ui/addresses/address";
import type { ApiKey } from "@/lib/server/keys/read-keys";

/** What the address asks the list of keys to show. */
export const keysView = addressView("/keys", { search: search() });

/** Whether a key shows the text that is looked for, in upper or lower case. */
export function matchesSearch(key: ApiKey, search: string): boolean {
  const { name, place, created_by, scopes, secrets } = key;
  const texts = [name, place ?? "all facilities", created_by, ...scopes];
  return [...texts, ...secrets.map(({ hint }) => hint)].some((text) =>
    text.toLowerCase().includes(search.toLowerCase()),
  );
}
