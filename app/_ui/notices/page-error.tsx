"use client";

import { Button } from "@mantine/core";
import { useEffect, useEffectEvent, useTransition } from "react";
import { Notice } from "./notice";

const RETRY_MS = 10_000;

/** Where a page failed: says so, and tries again by itself while someone looks. */
export function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const [trying, startRetry] = useTransition();
  const again = () => startRetry(() => retry());
  const tick = useEffectEvent(() => {
    if (document.visibilityState === "visible" && navigator.onLine) again();
  });
  useEffect(() => {
    const timer = setInterval(tick, RETRY_MS);
    return () => clearInterval(timer);
  }, []);
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <Notice title="This page could not be shown" role="alert">
      <p>
        The server ran into an error and logged it
        {digest ? ` (reference ${digest})` : ""}. The page tries again every {RETRY_MS / 1000}{" "}
        seconds.
      </p>
      <div>
        <Button onClick={again} loading={trying}>
          Try now
        </Button>
      </div>
    </Notice>
  );
}
