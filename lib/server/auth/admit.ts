import { type Gate, may, type Right } from "@/lib/domain/access/access";
import { Problem } from "@/lib/domain/values/problem";
import { type Actor, visitor } from "@/lib/server/context";
import { runtime } from "@/lib/server/runtime";
import { actorByKey, NO_CREDENTIALS, unauthorized } from "./key-of-request";
import { addressOf, type HeaderReader } from "./request-facts";
import { requireCronSecret } from "./require-cron-secret";
import { actorBySession, requireSameSite } from "./session-of-request";

/** Who was let in, and the headers that tell them what is left of their quota. */
export type Admitted = { actor: Actor; headers: Record<string, string> };

/**
 * Lets a request through a gate, or not.
 * @throws Problem 401 without valid credentials, 403 without the right, 429 above a limit
 */
export async function admit(
  gate: Gate,
  method: string,
  header: HeaderReader,
  now: Date,
): Promise<Admitted> {
  const address = addressOf(header);
  if (gate === "scheduler") {
    admitScheduler(header("authorization") ?? null, address, now.getTime());
    return { actor: { ...visitor(address), name: "scheduler" }, headers: {} };
  }
  if (gate === "anyone") {
    requireSameSite(method, header);
    return { actor: visitor(address), headers: {} };
  }
  const actor =
    (await actorByKey(header, now.getTime())) ?? (await actorBySession(method, header, now));
  return admitted(actor, gate, address, now.getTime());
}

/** Wrong guesses are counted; an address that made many has to wait even with the right secret. */
function admitScheduler(authorization: string | null, address: string | null, now: number): void {
  const { limits } = runtime();
  limits.requireRoom("guess", address, now);
  try {
    requireCronSecret(authorization);
  } catch (error) {
    limits.count(authorization ? "guess" : "stranger", { identity: null, address }, now);
    throw error;
  }
}

/**
 * Lets device traffic through, which comes with a key alone; without waiting where the key is known.
 * @throws as `admit`
 */
export function admitMessages(header: HeaderReader): Admitted | Promise<Admitted> {
  const now = Date.now();
  const actor = actorByKey(header, now);
  const pass = (actor: Actor | null) => admitted(actor, "messages.send", addressOf(header), now);
  return actor instanceof Promise ? actor.then(pass) : pass(actor);
}

function admitted(
  actor: Actor | null,
  gate: Right | "signed_in",
  address: string | null,
  now: number,
): Admitted {
  const { limits } = runtime();
  if (!actor) {
    limits.count("stranger", { identity: null, address }, now);
    throw unauthorized(NO_CREDENTIALS);
  }
  const kind = gate === "messages.send" ? "messages" : "api";
  const headers = limits.count(kind, { identity: `${actor.kind} ${actor.id}`, address }, now);
  if (gate === "signed_in" || may(actor, gate)) return { actor, headers };
  const who =
    actor.kind === "key"
      ? "This key does not have the required scope."
      : "Your role does not allow this.";
  throw new Problem(403, who, { headers });
}
