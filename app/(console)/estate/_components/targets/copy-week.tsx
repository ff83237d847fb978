"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { DialogButton, DialogContent } from "@/app/_ui/dialogs/dialog";
import { callApi } from "@/app/_ui/forms/api-call";
import { type Fault, FaultNote } from "@/app/_ui/forms/fault-note";
import type { TargetsCopied } from "@/lib/server/targets/copy-targets";
import type { WeeksToCopy } from "./copy-week-form";

const CopyWeekForm = dynamic(() => import("./copy-week-form").then((file) => file.CopyWeekForm), {
  ssr: false,
});

/** Copies the targets of the week before; counts first what that would do. */
export function CopyWeek(props: WeeksToCopy) {
  const { facilityId, from, to } = props;
  const [preview, setPreview] = useState<TargetsCopied | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const count = async () => {
    setPreview(null);
    setFault(null);
    const message = { facility_id: facilityId, from: from.monday, to: to.monday };
    const counting = { ...message, existing: "replace", dry_run: true };
    const answer = await callApi<TargetsCopied>("POST", "/api/targets/copy", counting);
    if (answer.ok) setPreview(answer.body);
    else setFault(answer);
  };
  return (
    <DialogButton
      action="Copy last week’s targets"
      title={`Copy targets to ${to.inWords}`}
      onOpen={count}
    >
      {(close) =>
        preview ? (
          <CopyWeekForm {...props} preview={preview} onClose={close} />
        ) : (
          <DialogContent>
            {fault ? <FaultNote fault={fault} /> : <p role="status">Counting…</p>}
          </DialogContent>
        )
      }
    </DialogButton>
  );
}
