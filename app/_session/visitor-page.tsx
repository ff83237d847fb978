import type { PagePath } from "@/lib/domain/access/access";
import type { Context } from "@/lib/server/context";
import { openVisitorPage } from "./open-page";
import { type Parts, pageOf } from "./page-frame";

/** A page for visitors; apart from the console's, whose clock they need not fetch. */
export const visitorPage = <P, V, L>(path: PagePath, parts: Parts<{ context: Context }, P, V, L>) =>
  pageOf(async () => {
    const context = await openVisitorPage(path);
    return context && { context };
  }, parts);
