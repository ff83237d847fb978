import type { Sql } from "@/db/client";
import type { Scope } from "@/lib/domain/access/access";
import { EVERYWHERE, type Reach } from "@/lib/domain/access/reach";
import type { Actor } from "@/lib/server/context";
import { log } from "@/lib/server/log";
import { KEY_CHANNEL } from "@/lib/server/notices/channels";
import { NotifiedMemory } from "@/lib/server/notified-memory";

/** How often the last uses of keys are written down. */
const RECORD_USES_MS = 10_000;

/** A key that holds, as requests are checked against it. Times in ms since 1970, null never. */
type KnownKey = {
  id: number;
  scopes: Scope[];
  name: string;
  reach: Reach;
  expiresAt: number | null;
};

type SecretRow = {
  hash: string;
  key_id: number;
  name: string;
  scopes: Scope[];
  facility_id: number | null;
  zone_id: number | null;
  device_id: number | null;
  expires_ms: number | null;
};

/**
 * All keys in memory, by the hash of their secret: checking one costs no round trip. What is
 * revoked or rotated is told to every process at once.
 */
export class KeyMemory extends NotifiedMemory {
  private byHash = new Map<string, KnownKey>();
  private hashesOf = new Map<number, string[]>();
  private uses = new Map<number, number>();

  private readonly recording: NodeJS.Timeout;

  constructor(sql: Sql) {
    super(sql, { channel: KEY_CHANNEL, rereadAllMs: 30_000 });
    this.recording = setInterval(() => void this.recordUses(), RECORD_USES_MS).unref();
  }

  override async stop(): Promise<void> {
    clearInterval(this.recording);
    await this.recordUses();
    await super.stop();
  }

  /**
   * Who sends this secret, as far as memory knows: `lookUp` it by its hash before it is refused.
   * @param hash of the secret
   * @param address where the request came from
   * @param now milliseconds since 1970
   * @returns null for a secret that no key has, or one whose key has ended
   */
  actorOf(hash: string, address: string | null, now: number): Actor | null {
    const key = this.byHash.get(hash);
    if (!key || (key.expiresAt !== null && key.expiresAt <= now)) return null;
    this.uses.set(key.id, now);
    // Spelled out: with a spread in it, making this takes a hundred times as long.
    const { id, name, scopes, reach } = key;
    return { kind: "key", scopes, id, name, reach, address };
  }

  /** Writes down when keys were last used; between two calls that is known in memory alone. */
  private async recordUses(): Promise<void> {
    const uses = [...this.uses];
    this.uses.clear();
    if (uses.length === 0) return;
    const [ids, times] = [uses.map(([id]) => id), uses.map(([, at]) => at)];
    await this.sql`
      update api_keys k set last_used_at = greatest(k.last_used_at, to_timestamp(u.ms / 1000))
      from unnest(${ids}::int[], ${times}::float8[]) as u(id, ms)
      where k.id = u.id`.catch((error) => log().warn({ err: error }, "uses of keys not recorded"));
  }

  protected async find(hashes: string[]): Promise<void> {
    this.remember(await this.read(this.sql`s.hash = any(${hashes})`));
  }

  protected async reload(change: string): Promise<void> {
    if (change === "all") {
      const rows = await this.read(this.sql`true`);
      this.byHash = new Map();
      this.hashesOf = new Map();
      return this.remember(rows);
    }
    const id = Number(change);
    const rows = await this.read(this.sql`k.id = ${id}`);
    for (const hash of this.hashesOf.get(id) ?? []) this.byHash.delete(hash);
    this.hashesOf.delete(id);
    this.remember(rows);
  }

  private remember(rows: SecretRow[]): void {
    for (const row of rows) {
      const hashes = this.hashesOf.get(row.key_id) ?? [];
      if (!hashes.includes(row.hash)) this.hashesOf.set(row.key_id, [...hashes, row.hash]);
      this.byHash.set(row.hash, {
        id: row.key_id,
        scopes: row.scopes,
        name: row.name,
        reach: reachOf(row),
        expiresAt: row.expires_ms,
      });
    }
  }

  private read(which: ReturnType<Sql>): Promise<SecretRow[]> {
    return this.sql<SecretRow[]>`
      select s.hash, k.id as key_id, k.name, k.scopes::text[] as scopes,
             k.facility_id, k.zone_id, k.device_id,
             (extract(epoch from least(k.expires_at, s.valid_until)) * 1000)::float8 as expires_ms
      from api_key_secrets s join api_keys k on k.id = s.key_id
      where ${which} and k.revoked_at is null
        and coalesce(least(k.expires_at, s.valid_until) > now(), true)`;
  }
}

function reachOf({ facility_id, zone_id, device_id }: SecretRow): Reach {
  if (device_id !== null) return { kind: "device", id: device_id };
  if (zone_id !== null) return { kind: "zone", id: zone_id };
  if (facility_id !== null) return { kind: "facilities", ids: [facility_id] };
  return EVERYWHERE;
}
