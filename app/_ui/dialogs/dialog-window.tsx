"use client";

import { Modal } from "@mantine/core";
import { useEffect, useState } from "react";
import classes from "./dialog.module.css";

export type DialogProps = {
  title: string;
  opened: boolean;
  onClose: () => void;
  /** What it shows is shown once, so that only its own button closes it. */
  held?: boolean;
  /** It shows a table. */
  wide?: boolean;
  /** False where what opened it takes the focus back itself. */
  returnFocus?: boolean;
  children: React.ReactNode;
};

const PARTS = { content: classes.content, header: classes.header, title: classes.title };

/** The window of a dialog: fetched when the first one opens. */
export function DialogWindow(props: DialogProps) {
  const { title, opened, onClose, held = false, wide = false, returnFocus, children } = props;
  // It remembers who had the focus when it opens, so it must have been there closed.
  const [shown, setShown] = useState(false);
  useEffect(() => setShown(opened), [opened]);
  const [content, setContent] = useState<HTMLDivElement | null>(null);
  useEffect(() => (content ? focusWhenThere(content) : undefined), [content]);
  return (
    <Modal.Root
      opened={shown}
      onClose={onClose}
      size={wide ? "62rem" : "lg"}
      closeOnEscape={!held}
      closeOnClickOutside={false}
      returnFocus={returnFocus}
      transitionProps={{ duration: 0 }}
      // By name: a class given to Modal.Content would also reach the element around it, which covers
      // the whole window.
      classNames={PARTS}
    >
      <Modal.Overlay />
      <Modal.Content>
        {/* A page has one banner, and this is none. */}
        <Modal.Header role="presentation">
          <Modal.Title>{title}</Modal.Title>
          {held ? null : <Modal.CloseButton aria-label="Close" />}
        </Modal.Header>
        <Modal.Body>
          <div ref={setContent}>{children}</div>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

/**
 * A form may arrive after its dialog: its first field gets the focus then, unless someone has gone
 * elsewhere in it.
 * @returns stops waiting for it
 */
function focusWhenThere(content: HTMLElement): () => void {
  const observer = new MutationObserver(() => {
    const field = content.querySelector<HTMLElement>("[data-autofocus]");
    if (!field) return;
    observer.disconnect();
    if (!content.contains(document.activeElement)) field.focus();
  });
  observer.observe(content, { childList: true, subtree: true });
  return () => observer.disconnect();
}
