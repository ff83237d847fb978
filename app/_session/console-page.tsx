import { Clock } from "@/app/_live/clock";
import type { PagePath } from "@/lib/domain/access/access";
import { type OpenedPage, openPage } from "./open-page";
import { type PageProps, type Parts, pageOf } from "./page-frame";

/** A page for those who are signed in and have its right (`PAGE_GATES`). */
export function consolePage<P, V, L>(path: PagePath, parts: Parts<OpenedPage, P, V, L>) {
  const page = pageOf(() => openPage(path), parts);
  return async (props: PageProps<P>) => {
    const opened = await openPage(path);
    return <Clock now={opened?.context.now.getTime() ?? Date.now()}>{await page(props)}</Clock>;
  };
}
