"use client";

import { Loader } from "@mantine/core";
import classes from "./checklist.module.css";
import { useHeard } from "./checklist-frame";
import { StepMark } from "./checklist-step";

type FirstReadingProps = { current: boolean; children: React.ReactNode };

/** The last step, which a device does: it is ticked as soon as a message has come in. */
export function FirstReading({ current, children }: FirstReadingProps) {
  const heard = useHeard();
  return (
    <li className={classes.step} data-current={(current && heard === null) || undefined}>
      {heard === null && current ? (
        <Loader size={18} className={classes.waiting} aria-hidden="true" />
      ) : (
        <StepMark done={heard !== null} />
      )}
      <div className={classes.what}>
        <span className={classes.name}>Receive the first reading</span>
        <span className={classes.hint} role="status">
          {heard !== null
            ? `${heard} is connected.`
            : current
              ? "Waiting for a message. This page shows it within seconds."
              : "This page shows it within seconds."}
        </span>
      </div>
      {heard === null ? <div className={classes.actions}>{children}</div> : null}
    </li>
  );
}
