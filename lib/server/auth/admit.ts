import { type Gate, may } from "@/lib/domain/access";
import { Problem } from "@/lib/domain/problem";
import { type Actor, visitor } from "@/lib/server/context";
import { runtime } from "@/lib/server/runtime";
import { requireCronSecret } from "@/lib/server/schedule/require-cron-secret";
import { actorByKey, NO_CREDENTIALS, unauthorized } from "./key-of-request";
import { addressOf, type HeaderReader } from "./request-facts";
import { actorBySession } from "./session-of-request";

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
    requireCronSecret(header("authorization") ?? null);
    return { actor: { ...visitor(address), name: "scheduler" }, headers: {} };
  }
  if (gate === "anyone") return { actor: visitor(address), headers: {} };
  const actor =
    (await actorByKey(header, now.getTime())) ?? (await actorBySession(method, header, now));
  const { limits } = runtime();
  if (!actor) {
    await limits.count("stranger", { identity: null, address });
    throw unauthorized(NO_CREDENTIALS);
  }
  const kind = gate === "messages.send" ? "messages" : "api";
  const headers = await limits.count(kind, { identity: `${actor.kind} ${actor.id}`, address });
  if (gate !== "signed_in" && !may(actor, gate)) throw forbidden(actor, headers);
  return { actor, headers };
}

/** Lets device traffic through, which comes with a key alone. @throws as `admit` */
export async function admitMessages(header: HeaderReader): Promise<Admitted> {
  const actor = await actorByKey(header, Date.now());
  const address = addressOf(header);
  const { limits } = runtime();
  if (!actor) {
    await limits.count("stranger", { identity: null, address });
    throw unauthorized(NO_CREDENTIALS);
  }
  const headers = await limits.count("messages", { identity: `key ${actor.id}`, address });
  if (!may(actor, "messages.send")) throw forbidden(actor, headers);
  return { actor, headers };
}

function forbidden(actor: Actor, headers: Record<string, string>): Problem {
  const who =
    actor.kind === "key" ? "This key has no scope for that." : "Your role may not do that.";
  return new Problem(403, who, { headers });
}
