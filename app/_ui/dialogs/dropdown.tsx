"use client";

import { FocusTrap } from "@mantine/core";
import { useClickOutside } from "@mantine/hooks";
import { useId, useRef, useState } from "react";
import classes from "./dropdown.module.css";

type DropdownProps = {
  /** The button that opens it, given what makes it one. */
  target: (props: DropdownTarget) => React.ReactNode;
  /** What the panel is, for who can't see where it opens. */
  label: string;
  className?: string;
  /** @param close closes the panel, as when something in it was chosen */
  children: (close: () => void) => React.ReactNode;
};

export type DropdownTarget = {
  ref: React.RefObject<HTMLButtonElement | null>;
  onClick: () => void;
  "aria-expanded": boolean;
  "aria-controls": string;
  "aria-haspopup": "dialog";
};

/** A panel under a button, at its right end; Escape and a click elsewhere close it. */
export function Dropdown({ target, label, className, children }: DropdownProps) {
  const [opened, setOpened] = useState(false);
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const root = useClickOutside<HTMLDivElement>(() => setOpened(false));
  const close = () => {
    setOpened(false);
    button.current?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes it wherever the focus is
    <div
      ref={root}
      className={classes.root}
      onKeyDown={(event) => {
        if (event.key === "Escape" && opened) close();
      }}
    >
      {target({
        ref: button,
        onClick: () => setOpened(!opened),
        "aria-expanded": opened,
        "aria-controls": id,
        "aria-haspopup": "dialog",
      })}
      {opened ? (
        <FocusTrap active>
          <div
            id={id}
            role="dialog"
            aria-label={label}
            className={`${classes.panel} ${className ?? ""}`}
          >
            {children(close)}
          </div>
        </FocusTrap>
      ) : null}
    </div>
  );
}
