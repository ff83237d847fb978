"use client";

import { Button } from "@mantine/core";
import Link from "next/link";
import classes from "./link-button.module.css";

type LinkButtonProps = { href: string; variant?: "default" | "filled"; children: React.ReactNode };

/** A link to another page that looks like a button, for pages that the server draws. */
export function LinkButton({ href, variant = "default", children }: LinkButtonProps) {
  return (
    <Button
      component={Link}
      href={href}
      prefetch={false}
      variant={variant}
      className={classes.button}
    >
      {children}
    </Button>
  );
}
