import { eq } from "drizzle-orm";
import { apiKeys } from "@/db/schema-access";
import type { ApiKeyChange } from "@/lib/domain/access/api-key";
import { conflict } from "@/lib/domain/values/problem";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context } from "@/lib/server/context";
import { setsSomething } from "@/lib/server/estate/change-estate";
import { changeKeys } from "./change-keys";
import { requireFutureEnd } from "./create-key";
import { type ApiKey, readKey } from "./read-keys";

/** @throws Problem 404, 400 for an end that has passed, 409 for a revoked key */
export async function updateKey(
  context: Context,
  { id, change }: { id: number; change: ApiKeyChange },
): Promise<ApiKey> {
  requireFutureEnd(change.expires_at, context.now);
  return changeKeys(context, async (within) => {
    const before = await readLiveKey(within, id);
    const values = { name: change.name, expiresAt: change.expires_at };
    if (setsSomething(values)) {
      await within.db.update(apiKeys).set(values).where(eq(apiKeys.id, id));
    }
    const after = await readKey(within, id);
    const subject = { id, name: before.name };
    await recordAudit(within, { action: "key.updated", subject, before, after });
    return after;
  });
}

/** @throws Problem 404, 409 for a revoked key: that is for good */
export async function readLiveKey(context: Context, id: number): Promise<ApiKey> {
  // Two changes of a key at once would each see the key without the other.
  await context.db.select({ id: apiKeys.id }).from(apiKeys).where(eq(apiKeys.id, id)).for("update");
  const key = await readKey(context, id);
  if (key.revoked_at) throw conflict("The key is revoked.");
  return key;
}
