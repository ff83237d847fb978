import type { Context } from "@/lib/server/context";
import { createKey } from "@/lib/server/keys/create-key";
import { listKeys } from "@/lib/server/keys/read-keys";
import { rotateKey } from "@/lib/server/keys/rotate-key";

const NAME = "Demo simulator";

/**
 * The key that the demo's devices send with. It gets a new secret for each run, which is kept
 * nowhere; the one of the run before ends.
 */
export async function demoKey(context: Context): Promise<string> {
  const known = (await listKeys(context)).find((key) => key.name === NAME && !key.revoked_at);
  const { key } = known
    ? await rotateKey(context, { id: known.id, overlap_seconds: 0 })
    : await createKey(context, { name: NAME, scopes: ["ingest"] });
  return key;
}
