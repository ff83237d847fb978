import type { Context } from "@/lib/server/context";
import { runtime } from "@/lib/server/runtime";

/** What the reads of one page take: all of them see the same moment. */
export function pageContext(): Context {
  return { db: runtime().db, actor: { name: "operator" }, now: new Date() };
}
