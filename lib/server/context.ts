import type { Connection } from "@/db/client";

/** Who acts: shown in timelines and kept with every change. */
export type Actor = { name: string };

/** What every verb gets: where to write, who asked, and what time it is. */
export type Context = { db: Connection; actor: Actor; now: Date };

export const SYSTEM: Actor = { name: "system" };
