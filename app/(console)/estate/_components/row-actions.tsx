"use client";

import { Button } from "@mantine/core";
import records from "@/app/_ui/records.module.css";

export type RowAction = "edit" | "retire" | "delete";

type RowActionsProps = {
  /** What it is called, after the verb. */
  name: string;
  retired: boolean;
  /** Whether it has no history: anything else can only be retired. */
  deletable: boolean;
  onAction: (action: RowAction) => void;
};

/** What can be done with a facility, zone or device. */
export function RowActions({ name, retired, deletable, onAction }: RowActionsProps) {
  const actions: [RowAction, string][] = [
    ["edit", "Edit"],
    ["retire", retired ? "Restore" : "Retire"],
    ...(deletable ? [["delete", "Delete"] satisfies [RowAction, string]] : []),
  ];
  return (
    <div className={records.actions}>
      {actions.map(([action, text]) => (
        <Button
          key={action}
          size="xs"
          variant="default"
          aria-label={`${text} ${name}`}
          onClick={() => onAction(action)}
        >
          {text}
        </Button>
      ))}
    </div>
  );
}
