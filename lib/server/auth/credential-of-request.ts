import { hashOf } from "@/lib/server/keys/secret";
import type { Credential } from "@/lib/server/sessions/held-credentials";
import { secretOf } from "./key-of-request";
import type { HeaderReader } from "./request-facts";
import { sessionTokenOf } from "./session-of-request";

/** The credential that a request was let in with; a key goes before a session. */
export function credentialOf(header: HeaderReader): Credential | null {
  const secret = secretOf(header);
  if (secret !== null) return { kind: "key", hash: hashOf(secret) };
  const token = sessionTokenOf(header);
  return token === null ? null : { kind: "session", hash: hashOf(token) };
}
