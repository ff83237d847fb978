"use client";

import { Button, Loader } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useTransition } from "react";
import { Notice } from "./notice";

const RETRY_MS = 5_000;

/** In place of a page while the database is away; the page comes by itself once it is back. */
export function DatabaseAway() {
  const router = useRouter();
  const [trying, startRetry] = useTransition();
  const again = async () => {
    // A refresh that can't reach the server would leave the page for the browser's own error page.
    if (await databaseAnswers()) startRetry(() => router.refresh());
  };
  const tick = useEffectEvent(() => {
    if (document.visibilityState === "visible") void again();
  });
  useEffect(() => {
    const timer = setInterval(tick, RETRY_MS);
    const look = () => tick();
    document.addEventListener("visibilitychange", look);
    window.addEventListener("online", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("online", look);
    };
  }, []);
  return (
    <Notice title="The database is away" role="alert">
      <p>
        Smart Parking runs, but can't reach its database, so this page has nothing to show. Nothing
        that was saved is lost.
      </p>
      <p style={{ display: "flex", alignItems: "center", gap: 8 }}>
        <Loader size="xs" aria-hidden="true" /> Trying again every few seconds.
      </p>
      <div>
        <Button onClick={again} loading={trying}>
          Try now
        </Button>
      </div>
    </Notice>
  );
}

async function databaseAnswers(): Promise<boolean> {
  try {
    return (await fetch("/api/health", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}
