"use client";

import { Tooltip, UnstyledButton } from "@mantine/core";
import { Icon } from "../icons";
import classes from "./definition.module.css";

/** What a figure means: shown on hover, focus and touch, and read out as the button's name. */
export function Definition({ term, children }: { term: string; children: string }) {
  return (
    <Tooltip
      label={children}
      multiline
      w={260}
      withArrow
      interactive
      events={{ hover: true, focus: true, touch: true }}
    >
      <UnstyledButton className={classes.mark} aria-label={`What “${term}” means: ${children}`}>
        <Icon name="info" size={15} />
      </UnstyledButton>
    </Tooltip>
  );
}
