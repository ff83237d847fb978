import { Problem } from "@/lib/domain/problem";
import type { Actor } from "@/lib/server/context";
import { hashOf } from "@/lib/server/keys/secret";
import { runtime } from "@/lib/server/runtime";
import { addressOf, type HeaderReader } from "./request-facts";

const LONGEST_SECRET = 200;

/** The key that a request shows: `Authorization: Bearer <key>` or `X-API-Key`; null without any. */
function secretOf(header: HeaderReader): string | null {
  const authorization = header("authorization");
  if (!authorization) return header("x-api-key")?.trim() || null;
  return /^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? "";
}

/**
 * Who sends a request, by its key.
 * @returns null when it shows none
 * @throws Problem 401 for one that nobody has, 429 for an address that has shown many of those
 */
export async function actorByKey(header: HeaderReader, now: number): Promise<Actor | null> {
  const secret = secretOf(header);
  if (secret === null) return null;
  const { keys, limits } = runtime();
  const address = addressOf(header);
  await keys.start();
  const hash = secret.length <= LONGEST_SECRET ? hashOf(secret) : "";
  const known = keys.actorOf(hash, address, now);
  if (known) return known;
  // Counted before it is looked up, so that guessing costs the guesser's quota, not the database.
  await limits.count("stranger", { identity: null, address });
  await keys.lookUp([hash]);
  const made = keys.actorOf(hash, address, now);
  if (made) return made;
  throw unauthorized("This key is not valid, or no longer.");
}

/** 401 that says how to be let in. */
export function unauthorized(detail: string): Problem {
  return new Problem(401, detail, {
    headers: { "WWW-Authenticate": 'Bearer realm="Smart Parking"' },
  });
}

export const NO_CREDENTIALS = "Send a key as Authorization: Bearer <key>, or sign in.";
