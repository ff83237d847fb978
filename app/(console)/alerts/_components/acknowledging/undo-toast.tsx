"use client";

import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { hideToast, showToast } from "@/app/_ui/dialogs/toast";
import { focusHeading } from "@/app/_ui/dialogs/use-focus-kept";
import classes from "./undo-toast.module.css";

const UNDO_MS = 10_000;
/** Who goes by keyboard gets more time. */
const UNDO_BY_KEYBOARD_MS = 20_000;

type Undo = { text: string; byKeyboard: boolean; onUndo: () => void };

/** Says what was done, with a button that takes it back for as long as it stays. */
export function showUndo({ text, byKeyboard, onUndo }: Undo): void {
  const id = `undo-${crypto.randomUUID()}`;
  const undo = () => {
    void hideToast(id);
    onUndo();
  };
  void showToast({
    id,
    message: <UndoMessage text={text} takesFocus={byKeyboard} onUndo={undo} />,
    autoClose: byKeyboard ? UNDO_BY_KEYBOARD_MS : UNDO_MS,
  });
}

/** Says what happened. */
export function showOutcome(text: string): void {
  void showToast({ message: text });
}

/** Says why something could not be done, and tries again on request. */
export function showFailure(text: string, onRetry: () => void): void {
  const id = `failure-${crypto.randomUUID()}`;
  const retry = () => {
    void hideToast(id);
    onRetry();
  };
  void showToast({
    id,
    color: "red",
    message: <UndoMessage text={text} action="Try again" takesFocus={false} onUndo={retry} />,
    autoClose: false,
  });
}

type UndoMessageProps = {
  text: string;
  action?: string;
  takesFocus: boolean;
  onUndo: () => void;
};

/** Toasts stand at the end of the page: the focus goes there for who has no pointer, and back. */
function UndoMessage({ text, action = "Undo", takesFocus, onUndo }: UndoMessageProps) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const node = button.current;
    if (takesFocus) node?.focus();
    return () => {
      if (node && document.activeElement === node) {
        focusHeading();
      }
    };
  }, [takesFocus]);
  return (
    <div className={classes.message}>
      <span>{text}</span>
      <Button ref={button} size="compact-sm" variant="default" onClick={onUndo}>
        {action}
      </Button>
    </div>
  );
}
