"use client";

import { Tooltip, UnstyledButton } from "@mantine/core";
import type { HealthPart } from "@/lib/domain/devices/health";
import classes from "./health-score.module.css";

type HealthScoreProps = { code: string; score: number; parts: HealthPart[] };

/** A score, with what it is made of on hover, focus and touch. */
export function HealthScore({ code, score, parts }: HealthScoreProps) {
  if (parts.length === 0) return score;
  const made = ["100", ...parts.map(({ reason, points }) => `− ${points} ${inSentence(reason)}`)];
  return (
    <Tooltip
      multiline
      w={240}
      withArrow
      events={{ hover: true, focus: true, touch: true }}
      label={
        <>
          {made.map((part) => (
            <div key={part}>{part}</div>
          ))}
          <strong>= {score}</strong>
        </>
      }
    >
      <UnstyledButton
        className={classes.score}
        aria-label={`Health of ${code}: ${score}. ${made.join(", ")}.`}
      >
        {score}
      </UnstyledButton>
    </Tooltip>
  );
}

const inSentence = (reason: string) => reason.charAt(0).toLowerCase() + reason.slice(1);
