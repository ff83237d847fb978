"use client";

import { relativeAge } from "@/app/_ui/relative-age";
import { useFreshness } from "./live-frame";

/** How long ago a device was heard; grows older by itself while the page can't be refreshed. */
export function LastSeen({ iso, exact }: { iso: string; exact: string }) {
  const { now } = useFreshness();
  return (
    <time dateTime={iso} title={exact}>
      {relativeAge(Date.parse(iso), now)}
    </time>
  );
}
