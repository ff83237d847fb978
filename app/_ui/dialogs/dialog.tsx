"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useFetchedSoon } from "../use-fetched-soon";
import classes from "./dialog.module.css";
import type { DialogProps } from "./dialog-window";
import { useFocusBack } from "./use-focus-back";

const load = () => import("./dialog-window");
const DialogWindow = dynamic(() => load().then(({ DialogWindow }) => DialogWindow), { ssr: false });
/** A dialog; the focus goes back to what opened it. A click beside it never throws away a form. */
export function Dialog(props: DialogProps) {
  const [wanted, setWanted] = useState(props.opened);
  if (props.opened && !wanted) setWanted(true);
  useFetchedSoon(load);
  return wanted ? <DialogWindow {...props} /> : null;
}

/** What a button that opens something looks like: what the page is for, another one, one in a row. */
export type ButtonLook = "filled" | "default" | "row";

type DialogButtonProps<T> = {
  /** What the button says. */
  action: string;
  /** What it says to who can't see the row that it is in. */
  label?: string;
  look?: ButtonLook;
  disabled?: boolean;
  onOpen?: () => void;
  title: string;
  wide?: boolean;
  /** What it asks for or shows; `show` goes on to what came of it. */
  children: (close: () => void, show: (made: T) => void) => React.ReactNode;
  /** What is shown this once of what was made: only its own button closes it. */
  shownOnce?: {
    title: (made: T) => string;
    children: (made: T, close: () => void) => React.ReactNode;
  };
};

/** A button with its dialog, which is there only while it is open. */
export function DialogButton<T = never>(props: DialogButtonProps<T>) {
  const { action, label, look = "default", disabled, onOpen, shownOnce } = props;
  const [opened, setOpened] = useState(false);
  const [made, setMade] = useState<{ of: T } | null>(null);
  const opener = useFocusBack(!opened);
  const close = () => {
    setOpened(false);
    setMade(null);
  };
  const open = () => {
    onOpen?.();
    setOpened(true);
  };
  return (
    <>
      <Button
        ref={opener}
        variant={look === "filled" ? "filled" : "default"}
        size={look === "row" ? "xs" : undefined}
        aria-label={label}
        // It keeps the focus that comes back to it.
        data-disabled={disabled || undefined}
        aria-disabled={disabled}
        onClick={() => !disabled && open()}
      >
        {action}
      </Button>
      <Dialog
        title={made && shownOnce ? shownOnce.title(made.of) : props.title}
        opened={opened}
        onClose={close}
        held={made !== null}
        wide={props.wide}
        // The focus may have moved on while the dialog was fetched: the button has it back.
        returnFocus={false}
      >
        {made && shownOnce
          ? shownOnce.children(made.of, close)
          : props.children(close, (of) => setMade({ of }))}
      </Dialog>
    </>
  );
}

/** What a dialog shows where it asks for nothing. */
export function DialogContent({ children }: { children: React.ReactNode }) {
  return <div className={classes.parts}>{children}</div>;
}

/** The buttons at the end of a dialog. */
export function DialogButtons({ children }: { children: React.ReactNode }) {
  return <div className={classes.buttons}>{children}</div>;
}
