"use client";

import { Skeleton } from "@mantine/core";
import dynamic from "next/dynamic";

/** Drawn in the browser alone, and its library loaded after everything that can be read. */
export const TimeChart = dynamic(() => import("./time-lines"), {
  ssr: false,
  loading: () => <Skeleton height="100%" />,
});
