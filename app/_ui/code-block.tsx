"use client";

import { CopyButton, UnstyledButton } from "@mantine/core";
import classes from "./code-block.module.css";
import { Icon } from "./icons";

/** A command to run, with a button that copies it. */
export function CodeBlock({ label, children }: { label: string; children: string }) {
  return (
    <div className={classes.block}>
      <div className={classes.head}>
        <span>{label}</span>
        <CopyButton value={children} timeout={2000}>
          {({ copied, copy }) => (
            <UnstyledButton className={classes.copy} onClick={copy} aria-label={`Copy: ${label}`}>
              <Icon name={copied ? "ok" : "copy"} size={14} />
              <span aria-live="polite">{copied ? "Copied" : "Copy"}</span>
            </UnstyledButton>
          )}
        </CopyButton>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus */}
      <section className={classes.code} tabIndex={0} aria-label={label}>
        <pre>
          <code>{children}</code>
        </pre>
      </section>
    </div>
  );
}
