"use client";

import { Skeleton } from "@mantine/core";
import dynamic from "next/dynamic";

// Drawn in the browser alone, and their library loaded after everything that can be read.

export const HourlyChart = dynamic(() => import("./hourly-bars"), {
  ssr: false,
  loading: () => <Skeleton height="100%" />,
});

export const OccupancyChart = dynamic(() => import("./occupancy-areas"), {
  ssr: false,
  loading: () => <Skeleton height="100%" />,
});
