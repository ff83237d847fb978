"use client";

import { Button, Loader } from "@mantine/core";
import { useState } from "react";
import { Notice } from "@/app/_ui/notice";

/** In place of the figures while the database is away and none were shown before. */
export function Outage({ onRetry }: { onRetry: () => Promise<boolean> }) {
  const [trying, setTrying] = useState(false);
  const retry = async () => {
    setTrying(true);
    await onRetry();
    setTrying(false);
  };
  return (
    <Notice title="Database unavailable" role="alert">
      <p>
        Smart Parking can’t reach its database. Devices are asked to send again later. Accepted data
        is safe.
      </p>
      <p style={{ display: "flex", alignItems: "center", gap: 8 }}>
        <Loader size="xs" aria-hidden="true" /> Trying again every few seconds.
      </p>
      <div>
        <Button onClick={retry} loading={trying}>
          Try now
        </Button>
      </div>
    </Notice>
  );
}
