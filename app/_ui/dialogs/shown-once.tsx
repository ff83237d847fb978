"use client";

import { useEffect, useRef } from "react";
import { Icon } from "../icons";
import classes from "./shown-once.module.css";

/** Says of what follows in a dialog that it is shown this once; takes the focus, so that it is read out. */
export function ShownOnce({ title, children }: { title: string; children: React.ReactNode }) {
  const note = useRef<HTMLDivElement>(null);
  useEffect(() => note.current?.focus(), []);
  return (
    <div ref={note} tabIndex={-1} className={classes.note}>
      <strong className={classes.title}>
        <Icon name="warning" /> {title}
      </strong>
      <p>{children}</p>
    </div>
  );
}
