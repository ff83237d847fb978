import { eq } from "drizzle-orm";
import { apiKeys } from "@/db/schema-access";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context } from "@/lib/server/context";
import { changeKeys } from "./change-keys";
import { type ApiKey, readKey } from "./read-keys";

/**
 * Ends a key at once, in every process, for good; again changes nothing.
 * @throws Problem 404
 */
export async function revokeKey(context: Context, id: number): Promise<ApiKey> {
  return changeKeys(context, async (within) => {
    const key = await readKey(within, id);
    if (key.revoked_at) return key;
    await within.db.update(apiKeys).set({ revokedAt: within.now }).where(eq(apiKeys.id, id));
    const subject = { id, name: key.name };
    await recordAudit(within, { action: "key.revoked", subject, before: key });
    return readKey(within, id);
  });
}
