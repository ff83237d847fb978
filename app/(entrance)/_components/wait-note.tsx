"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { Failure } from "@/app/_ui/forms/fault-note";

const TICK_MS = 250;

type WaitNoteProps = { cause: "failures" | "requests"; seconds: number; onOver: () => void };

/** For how long no one can sign in, counting down. */
export function WaitNote({ cause, seconds, onOver }: WaitNoteProps) {
  const [left, setLeft] = useState(seconds);
  const over = useEffectEvent(onOver);
  useEffect(() => {
    const until = Date.now() + seconds * 1000;
    const timer = setInterval(() => {
      setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1000)));
      if (Date.now() >= until) over();
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [seconds]);
  return (
    <Failure>
      {cause === "failures" ? "Too many failed sign-ins." : "Too many requests."} Try again in{" "}
      {/* Read out once, with the note, and not every second. */}
      <span role="timer" aria-live="off">
        {duration(left)}
      </span>
      .
    </Failure>
  );
}

/** "45 s", "2 min 05 s" */
function duration(seconds: number): string {
  if (seconds < 60) return `${seconds}\u00a0s`;
  return `${Math.floor(seconds / 60)}\u00a0min ${String(seconds % 60).padStart(2, "0")}\u00a0s`;
}
