"use client";

import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { useFocusBack } from "@/app/_ui/dialogs/use-focus-back";
import { FaultNote } from "@/app/_ui/forms/fault-note";
import { useChange } from "@/app/_ui/forms/use-change";
import classes from "./targets.module.css";
import { wholeNumber } from "./whole-number";

const A_DEVICE = "device";

type AddTargetProps = { date: string; zones: { id: number; name: string }[] };

/** Sets a target where there is none: of a zone in view, or of a device by its code. */
export function AddTarget({ date, zones }: AddTargetProps) {
  const [opened, setOpened] = useState(false);
  const opener = useFocusBack(!opened);
  if (opened) return <AddTargetForm date={date} zones={zones} onClose={() => setOpened(false)} />;
  return (
    <Button
      ref={opener}
      variant="default"
      size="xs"
      className={classes.add}
      onClick={() => setOpened(true)}
    >
      Add a target
    </Button>
  );
}

function AddTargetForm({ date, zones, onClose }: AddTargetProps & { onClose: () => void }) {
  const [owner, setOwner] = useState(String(zones[0]?.id ?? A_DEVICE));
  const [code, setCode] = useState("");
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const { busy, fault, faultOf, send } = useChange();
  const ofDevice = owner === A_DEVICE;
  const save = async () => {
    const read = wholeNumber(text);
    setWrong(read.value === null ? read.fault : null);
    if (read.value === null) return;
    const whose = ofDevice ? { device_code: code } : { zone_id: Number(owner) };
    const message = { ...whose, date, target_value: read.value };
    if (await send("POST", "/api/targets", message)) onClose();
  };
  return (
    <form
      noValidate
      className={classes.adding}
      aria-label="Add a target"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <NativeSelect
        autoFocus
        size="xs"
        label="Target of"
        className={classes.owner}
        value={owner}
        error={faultOf("zone_id")}
        onChange={(event) => setOwner(event.currentTarget.value)}
        data={[
          ...zones.map(({ id, name }) => ({ value: String(id), label: `Zone ${name}` })),
          { value: A_DEVICE, label: "A device" },
        ]}
      />
      {ofDevice ? (
        <TextInput
          size="xs"
          label="Device code"
          className={classes.field}
          value={code}
          error={faultOf("device_code")}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      ) : null}
      <TextInput
        type="number"
        min={0}
        step={1}
        size="xs"
        label="Expected events"
        className={classes.field}
        value={text}
        error={wrong ?? faultOf("target_value")}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={classes.buttons}>
        <Button type="submit" size="xs" loading={busy}>
          Save
        </Button>
        <Button variant="default" size="xs" onClick={onClose}>
          Cancel
        </Button>
      </div>
      <FaultNote fault={fault} fields={["zone_id", "device_code", "target_value"]} />
    </form>
  );
}
