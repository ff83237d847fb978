"use client";

import { Modal } from "@mantine/core";
import { useEffect, useState } from "react";
import type { DialogProps } from "./dialog";
import classes from "./dialog.module.css";

/** The window of a dialog: fetched when the first one opens. */
export function DialogWindow(props: DialogProps) {
  const { title, opened, onClose, held = false, wide = false, children } = props;
  // It remembers who had the focus when it opens, so it must have been there closed.
  const [shown, setShown] = useState(false);
  useEffect(() => setShown(opened), [opened]);
  const [content, setContent] = useState<HTMLDivElement | null>(null);
  useEffect(() => (content ? focusWhenThere(content) : undefined), [content]);
  return (
    <Modal
      title={title}
      opened={shown}
      onClose={onClose}
      size={wide ? "62rem" : "lg"}
      withCloseButton={!held}
      closeOnEscape={!held}
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": "Close" }}
      transitionProps={{ duration: 0 }}
      classNames={{ title: classes.title, content: classes.content, header: classes.header }}
    >
      <div ref={setContent}>{children}</div>
    </Modal>
  );
}

/**
 * A form may arrive after its dialog: its first field gets the focus then, unless somebody has gone
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
