"use client";

import { Button } from "@mantine/core";
import { createContext, useContext, useState } from "react";
import classes from "./checklist.module.css";
import { dismissChecklist } from "./checklist-dismissal";

const HeardContext = createContext<string | null>(null);
/** The device that has sent the first message; null while none has. */
export const useHeard = () => useContext(HeardContext);

type ChecklistFrameProps = { userId: number; heard: string | null; children: React.ReactNode };

/**
 * Shows the steps until they are done or dismissed. The last one is done by a device: who looks then
 * sees it happen, and a dialog that is open stays so, as with a key's secret.
 */
export function ChecklistFrame({ userId, heard, children }: ChecklistFrameProps) {
  const [open, setOpen] = useState(heard === null);
  const [steps, setSteps] = useState(children);
  if (heard === null && steps !== children) setSteps(children);
  if (!open) return null;
  const close = () => {
    dismissChecklist(userId);
    setOpen(false);
  };
  return (
    <HeardContext value={heard}>
      <section className={classes.checklist} aria-labelledby="checklist-title">
        <div className={classes.head}>
          <h2 className={classes.title} id="checklist-title">
            {heard === null ? "Get started" : "You are all set"}
          </h2>
          <Button size="xs" variant="default" onClick={close}>
            {heard === null ? "Dismiss" : "Close"}
          </Button>
        </div>
        <ol className={classes.steps}>{steps}</ol>
      </section>
    </HeardContext>
  );
}
