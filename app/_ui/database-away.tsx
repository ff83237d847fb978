"use client";

import { Button, Loader } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useRef, useTransition } from "react";
import { Notice } from "./notice";
import { serverAnswers } from "./server-answers";

const RETRY_MS = 5_000;

/** In place of a page while the database is away; the page comes by itself once it is back. */
export function DatabaseAway() {
  const router = useRouter();
  const [trying, startRetry] = useTransition();
  const probing = useRef(false);
  const again = async () => {
    // One try at a time: a new refresh throws away the one that is on its way.
    if (probing.current || trying) return;
    probing.current = true;
    // A refresh that can't reach the server would leave the page for the browser's own error page.
    if (await serverAnswers()) startRetry(() => router.refresh());
    probing.current = false;
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
    <Notice title="Database unavailable" role="alert">
      <p>
        Smart Parking can’t reach its database, so this page can’t be shown. Saved data is safe.
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
