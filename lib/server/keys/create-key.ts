import { and, eq, isNull } from "drizzle-orm";
import { apiKeySecrets, apiKeys, users } from "@/db/schema-access";
import type { Scope } from "@/lib/domain/access/access";
import type { ApiKeyMessage } from "@/lib/domain/access/api-key";
import { invalidInput, isProblem, Problem } from "@/lib/domain/values/problem";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Actor, Context } from "@/lib/server/context";
import { readDevice } from "@/lib/server/devices/read-devices";
import { readFacility } from "@/lib/server/facilities/read-facilities";
import { readZone } from "@/lib/server/zones/read-zones";
import { changeKeys } from "./change-keys";
import { type ApiKey, readKey } from "./read-keys";
import { newSecret } from "./secret";

/** A key with its secret, which is told this once. */
export type KeyWithSecret = ApiKey & { key: string };

/**
 * Makes a key. No one hands on more than they have: it reaches no further than its maker, and a key
 * gives only scopes of its own.
 * @throws Problem 400 for a place that does not exist, or an end that has passed; 403 for a scope
 *   that its maker does not have; 401 when its maker is being disabled or revoked
 */
export async function createKey(context: Context, message: ApiKeyMessage): Promise<KeyWithSecret> {
  const { actor, now } = context;
  requireScopes(actor, message.scopes);
  requireFutureEnd(message.expires_at, now);
  const secret = newSecret();
  return changeKeys(context, async (within) => {
    await requireActive(within);
    const place = await placeOf(within, message);
    const [made] = await within.db
      .insert(apiKeys)
      .values({
        ...place,
        name: message.name,
        scopes: message.scopes,
        expiresAt: message.expires_at,
        createdBy: actor.name,
        createdAt: now,
      })
      .returning({ id: apiKeys.id });
    const { hash, hint } = secret;
    await within.db.insert(apiKeySecrets).values({ keyId: made!.id, hash, hint, createdAt: now });
    const key = await readKey(within, made!.id);
    const subject = { id: key.id, name: key.name };
    await recordAudit(within, { action: "key.created", subject, after: key });
    return { ...key, key: secret.text };
  });
}

/**
 * A user or key that is being disabled or revoked makes no key that would outlive them: their row
 * is held until this key is stored.
 * @throws Problem 401
 */
async function requireActive({ db, actor }: Context): Promise<void> {
  const id = actor.kind === "user" || actor.kind === "key" ? (actor.id ?? 0) : null;
  if (id === null) return;
  const active =
    actor.kind === "user"
      ? db
          .select()
          .from(users)
          .where(and(eq(users.id, id), isNull(users.disabledAt)))
      : db
          .select()
          .from(apiKeys)
          .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)));
  const rows = await active.for("share");
  if (rows.length === 0) throw new Problem(401, "Your access has just ended.");
}

/** @throws Problem 400 for an end that has passed already */
export function requireFutureEnd(expiresAt: Date | null | undefined, now: Date): void {
  if (expiresAt && expiresAt <= now) throw invalidInput({ expires_at: ["Must be in the future."] });
}

function requireScopes(actor: Actor, scopes: Scope[]): void {
  if (actor.kind !== "key") return;
  const missing = scopes.filter((scope) => !actor.scopes.includes(scope));
  if (missing.length === 0) return;
  throw new Problem(403, `This key has no scope ${missing.join(", ")} to pass on.`);
}

/** The place of a key. Left out, it is all that its maker reaches, where that is one place. */
async function placeOf(context: Context, message: ApiKeyMessage) {
  const { facility_id: facilityId, zone_id: zoneId, device_id: deviceId } = message;
  if (typeof facilityId === "number") {
    await orInvalid("facility_id", "No such facility.", readFacility(context, facilityId));
    // Someone who reaches one zone sees its facility, but must not hand all of it on.
    if (!["all", "facilities"].includes(context.actor.reach.kind)) throw tooWide();
    return { facilityId };
  }
  if (typeof zoneId === "number") {
    await orInvalid("zone_id", "No such zone.", readZone(context, zoneId));
    if (context.actor.reach.kind === "device") throw tooWide();
    return { zoneId };
  }
  if (typeof deviceId === "number") {
    await orInvalid("device_id", "No such device.", readDevice(context, deviceId));
    return { deviceId };
  }
  const { reach } = context.actor;
  if (reach.kind === "all") return {};
  if (reach.kind === "zone") return { zoneId: reach.id };
  if (reach.kind === "device") return { deviceId: reach.id };
  if (reach.ids.length === 1) return { facilityId: reach.ids[0] };
  throw invalidInput({ facility_id: ["Say which facility, zone or device the key is for."] });
}

const tooWide = () => new Problem(403, "The key would have more access than you.");

async function orInvalid(field: string, text: string, read: Promise<unknown>): Promise<void> {
  try {
    await read;
  } catch (error) {
    if (isProblem(error) && error.status === 404) throw invalidInput({ [field]: [text] });
    throw error;
  }
}
