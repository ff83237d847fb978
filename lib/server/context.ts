import type { Connection } from "@/db/client";
import type { Standing } from "@/lib/domain/access/access";
import { EVERYWHERE, type Reach } from "@/lib/domain/access/reach";

/** Who acts: what they may do, what part of the estate they reach, and what the audit log says of them. */
export type Actor = Standing & {
  /** Of the user or the key. */
  id: number | null;
  /** Shown in timelines and kept with every change. */
  name: string;
  reach: Reach;
  /** Where the request came from; null for the product itself. */
  address: string | null;
};

/** What every verb and read gets: the database, who asked, and what time it is. */
export type Context = { db: Connection; actor: Actor; now: Date };

/** What a read needs that does not depend on the time. */
export type ReadContext = Pick<Context, "db" | "actor">;

/** Someone without credentials: without any right, and out of reach of everything. */
export function visitor(address: string | null): Actor {
  const reach: Reach = { kind: "facilities", ids: [] };
  return { kind: "visitor", id: null, name: "visitor", reach, address };
}

export const SYSTEM: Actor = {
  kind: "system",
  id: null,
  name: "system",
  reach: EVERYWHERE,
  address: null,
};
