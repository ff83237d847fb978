"use client";

import { Button, Loader } from "@mantine/core";
import { useRefresh } from "../use-refresh";
import { Notice } from "./notice";

const RETRY_MS = 5_000;

/** In place of a page while the database is away; the page comes by itself once it is back. */
export function DatabaseAway() {
  const { refresh, refreshing } = useRefresh({ everyMs: RETRY_MS });
  return (
    <AwayNotice trying={refreshing} onRetry={refresh}>
      Smart Parking can’t reach its database, so this page can’t be shown. Saved data is safe.
    </AwayNotice>
  );
}

type AwayNoticeProps = { trying: boolean; onRetry: () => unknown; children: React.ReactNode };

/** Says that the database is away, and lets people try again before the page does. */
export function AwayNotice({ trying, onRetry, children }: AwayNoticeProps) {
  return (
    <Notice title="Database unavailable" role="alert">
      <p>{children}</p>
      <p style={{ display: "flex", alignItems: "center", gap: 8 }}>
        <Loader size="xs" aria-hidden="true" /> Trying again every few seconds.
      </p>
      <div>
        <Button onClick={() => onRetry()} loading={trying}>
          Try now
        </Button>
      </div>
    </Notice>
  );
}
