import { and, eq, gt, isNull, or } from "drizzle-orm";
import { apiKeySecrets } from "@/db/schema-access";
import type { ApiKeyRotation } from "@/lib/domain/access/api-key";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context } from "@/lib/server/context";
import { changeKeys } from "./change-keys";
import type { KeyWithSecret } from "./create-key";
import { readKey } from "./read-keys";
import { newSecret } from "./secret";
import { readLiveKey } from "./update-key";

/**
 * Gives a key a new secret. The old one goes on for `overlap_seconds`, so that devices can be given
 * the new one meanwhile; one that ends sooner stays as it is.
 * @throws Problem 404, 409 for a revoked key
 */
export async function rotateKey(
  context: Context,
  { id, overlap_seconds }: { id: number } & ApiKeyRotation,
): Promise<KeyWithSecret> {
  const { text, hash, hint } = newSecret();
  const validUntil = new Date(context.now.getTime() + overlap_seconds * 1000);
  return changeKeys(context, async (within) => {
    const before = await readLiveKey(within, id);
    await within.db
      .update(apiKeySecrets)
      .set({ validUntil })
      .where(
        and(
          eq(apiKeySecrets.keyId, id),
          or(isNull(apiKeySecrets.validUntil), gt(apiKeySecrets.validUntil, validUntil)),
        ),
      );
    await within.db.insert(apiKeySecrets).values({ keyId: id, hash, hint, createdAt: within.now });
    const after = await readKey(within, id);
    const subject = { id, name: before.name };
    await recordAudit(within, { action: "key.rotated", subject, before, after });
    return { ...after, key: text };
  });
}
