"use client";

import { Button, Radio, Stack } from "@mantine/core";
import { useState } from "react";
import { DialogButtons, DialogContent } from "@/app/_ui/dialogs/dialog";
import { DialogForm } from "@/app/_ui/forms/dialog-form";
import { useChange } from "@/app/_ui/forms/use-change";
import { counted, figure } from "@/app/_ui/words/figures";
import type { TargetsCopied } from "@/lib/server/targets/copy-targets";

type NamedWeek = { monday: string; inWords: string };
export type WeeksToCopy = {
  facilityId: number;
  facilityName: string;
  from: NamedWeek;
  to: NamedWeek;
};

type CopyWeekFormProps = WeeksToCopy & { preview: TargetsCopied; onClose: () => void };

/** Says what a copy would do, and asks what to do with targets that exist already. */
export function CopyWeekForm(props: CopyWeekFormProps) {
  const { facilityId, facilityName, from, to, preview, onClose } = props;
  const { created, replaced: others, unchanged } = preview;
  const { send, ...change } = useChange();
  const [existing, setExisting] = useState<"keep" | "replace">("keep");
  const found = created + others + unchanged;
  const written = created + (existing === "replace" ? others : 0);
  if (created + others === 0) {
    return (
      <DialogContent>
        <p>
          {found === 0
            ? `${facilityName} has no targets from ${from.inWords}.`
            : `All ${counted(found, "target")} from ${from.inWords} exist already.`}
        </p>
        <DialogButtons>
          <Button onClick={onClose}>OK</Button>
        </DialogButtons>
      </DialogContent>
    );
  }
  const copy = async () => {
    if (written === 0) return onClose();
    const message = { facility_id: facilityId, from: from.monday, to: to.monday, existing };
    if (await send("POST", "/api/targets/copy", message)) onClose();
  };
  return (
    <DialogForm
      form={{ ...change, submit: copy }}
      action={written === 0 ? "Change nothing" : `Copy ${counted(written, "target")}`}
      onClose={onClose}
    >
      <p role="status">
        {facilityName} has {counted(found, "target")} from {from.inWords}: {figure(created)} new to
        this week
        {unchanged > 0 ? `, ${figure(unchanged)} unchanged` : ""}
        {others > 0 ? `, ${figure(others)} where this week has another target` : ""}.
      </p>
      {others > 0 ? (
        <Radio.Group
          label={`What to do with ${others === 1 ? "the other target" : `the ${figure(others)} other targets`}?`}
          value={existing}
          onChange={(value) => setExisting(value === "replace" ? "replace" : "keep")}
        >
          <Stack gap={8} mt={8}>
            <Radio value="keep" label="Keep what this week has" />
            <Radio value="replace" label="Replace with last week’s" />
          </Stack>
        </Radio.Group>
      ) : null}
    </DialogForm>
  );
}
