import * as crypto from "node:crypto";

/** What every key begins with, so that scanners for leaked secrets find them. */
const PREFIX = "sp_";
const HINT_LENGTH = 8;

/** A new secret: 256 random bits. `text` is shown once, `hash` is stored, `hint` tells it by. */
export function newSecret(): { text: string; hash: string; hint: string } {
  const text = PREFIX + crypto.randomBytes(32).toString("base64url");
  return { text, hash: hashOf(text), hint: text.slice(0, HINT_LENGTH) };
}

/** What is stored of a secret that is random enough to need no slow hash. */
export function hashOf(secret: string): string {
  // In one step it takes a third of the time; Node has that from 20.12 on.
  if (crypto.hash) return crypto.hash("sha256", secret, "base64url");
  return crypto.createHash("sha256").update(secret).digest("base64url");
}
