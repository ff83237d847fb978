import { eq } from "drizzle-orm";
import { apiKeys } from "@/db/schema-access";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context } from "@/lib/server/context";
import { announceKey, changeKeys } from "./change-keys";
import { keysMadeBy } from "./keys-made-by";
import { type ApiKey, readKey } from "./read-keys";

/**
 * Ends a key at once, in every process, for good; again changes nothing.
 * @throws Problem 404
 */
export async function revokeKey(context: Context, id: number): Promise<ApiKey> {
  return changeKeys(context, async (within) => {
    const key = await readKey(within, id);
    if (key.revoked_at) return key;
    await storeRevocation(within, key);
    return readKey(within, id);
  });
}

/**
 * Revokes all keys that go back to a user, also those that are being made meanwhile. To be called in
 * a transaction; once it has committed, `rememberKey` is due for each.
 * @returns their ids
 */
export async function revokeKeysMadeBy(context: Context, userId: number): Promise<number[]> {
  const revoked: number[] = [];
  for (;;) {
    const keys = await keysMadeBy(context, userId);
    if (keys.length === 0) return revoked;
    for (const { id } of keys) {
      await storeRevocation(context, await readKey(context, id));
      await announceKey(context.db, id);
      revoked.push(id);
    }
  }
}

async function storeRevocation(context: Context, key: ApiKey): Promise<void> {
  const { id, name } = key;
  await context.db.update(apiKeys).set({ revokedAt: context.now }).where(eq(apiKeys.id, id));
  await recordAudit(context, { action: "key.revoked", subject: { id, name }, before: key });
}
