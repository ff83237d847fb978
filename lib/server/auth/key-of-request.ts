import { Problem } from "@/lib/domain/values/problem";
import type { Actor } from "@/lib/server/context";
import { hashOf } from "@/lib/server/keys/secret";
import { runtime } from "@/lib/server/runtime";
import { addressOf, type HeaderReader } from "./request-facts";

const LONGEST_SECRET = 200;

/** The key that a request shows: `Authorization: Bearer <key>` or `X-API-Key`; null without any. */
export function secretOf(header: HeaderReader): string | null {
  const authorization = header("authorization");
  if (!authorization) return header("x-api-key")?.trim() || null;
  return /^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? "";
}

/**
 * Who sends a request, by its key. Answers without waiting where memory knows the key: this is the
 * path of every reading.
 * @returns null when it shows none
 * @throws Problem 401 for one that no one has, 429 for an address that has shown many of those
 */
export function actorByKey(header: HeaderReader, now: number): Actor | null | Promise<Actor> {
  const secret = secretOf(header);
  if (secret === null) return null;
  const hash = secret.length <= LONGEST_SECRET ? hashOf(secret) : "";
  const address = addressOf(header);
  return runtime().keys.actorOf(hash, address, now) ?? lookedUp(hash, address, now);
}

async function lookedUp(hash: string, address: string | null, now: number): Promise<Actor> {
  const { keys, limits } = runtime();
  await keys.start();
  const known = keys.actorOf(hash, address, now);
  if (known) return known;
  // Counted before it is looked up, so that guessing costs the guesser's quota, not the database.
  limits.count("stranger", { identity: null, address }, now);
  await keys.lookUp([hash]);
  const made = keys.actorOf(hash, address, now);
  if (made) return made;
  throw unauthorized("This key is not valid or has been revoked.");
}

/** 401 that says how to be let in. */
export function unauthorized(detail: string): Problem {
  return new Problem(401, detail, {
    headers: { "WWW-Authenticate": 'Bearer realm="Smart Parking"' },
  });
}

export const NO_CREDENTIALS = "Send a key as Authorization: Bearer <key>, or sign in.";
