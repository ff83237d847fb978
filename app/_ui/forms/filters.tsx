"use client";

import { Button } from "@mantine/core";
import { useId, useState } from "react";
import { Icon } from "../icons";
import classes from "./filters.module.css";

type FiltersProps = {
  /** How many filters narrow the list down; those behind the button are not in sight. */
  active: number;
  /** Always in sight. */
  search: React.ReactNode;
  className?: string;
  children: React.ReactNode;
};

/** What narrows a list down: side by side where there is room, behind one button on a phone. */
export function Filters({ active, search, className, children }: FiltersProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <search className={`${classes.filters} ${className ?? ""}`}>
      {search}
      <Button
        variant="default"
        className={classes.toggle}
        leftSection={<Icon name={open ? "up" : "down"} size={14} />}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {active === 0 ? "Filters" : `Filters (${active})`}
      </Button>
      <div id={id} className={classes.fields} data-open={open || undefined}>
        {children}
      </div>
    </search>
  );
}
