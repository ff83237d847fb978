"use client";

import { Button, Checkbox } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import { ColumnHeads } from "@/app/_ui/column-heads";
import { figure } from "@/app/_ui/figures";
import records from "@/app/_ui/records.module.css";
import { useFocusKept } from "@/app/_ui/use-focus-kept";
import type { Device } from "@/lib/server/devices/read-devices";
import type { Zone } from "@/lib/server/zones/read-zones";
import { DeviceDialog } from "./device-dialog";
import classes from "./device-list.module.css";
import { type DeviceInList, DeviceRow } from "./device-row";
import type { RowAction } from "./row-actions";
import { useOpened } from "./use-opened";
import type { FacilityAbove } from "./zone-form";

const MoveDevices = dynamic(() => import("./move-devices").then((file) => file.MoveDevices), {
  ssr: false,
});
const COLUMNS = ["Device", "Zone", "Facility", "Rule limits", "State"];

export type DeviceListProps = {
  devices: DeviceInList[];
  /** Where they are. */
  zones: Zone[];
  facilities: FacilityAbove[];
  mayWrite: boolean;
  /** The facility in view, as it is in the address. */
  facility: string | null;
};

export function DeviceList(props: DeviceListProps) {
  const { devices, zones, facilities, mayWrite, facility } = props;
  const { open, show, close } = useOpened<{ action: RowAction; device: Device }>();
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  useFocusKept(devices.map(({ id }) => id).join());
  const choose = (id: number) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return (
    <>
      {mayWrite ? <Selection devices={devices} chosen={chosen} onChange={setChosen} /> : null}
      <table className={records.table}>
        <ColumnHeads names={mayWrite ? [...COLUMNS, "Actions"] : COLUMNS} />
        <tbody>
          {devices.map((device) => (
            <DeviceRow
              key={device.id}
              device={device}
              zone={zones.find(({ id }) => id === device.zone_id)}
              facilityName={facilities.find(({ id }) => id === device.facility_id)?.name}
              facility={facility}
              write={
                mayWrite
                  ? {
                      chosen: chosen.has(device.id),
                      onChoose: () => choose(device.id),
                      onAction: (action) => show({ action, device }),
                    }
                  : null
              }
            />
          ))}
        </tbody>
      </table>
      {open ? <DeviceDialog {...open} {...props} onClose={close} /> : null}
    </>
  );
}

type SelectionProps = {
  devices: Device[];
  chosen: ReadonlySet<number>;
  onChange: (chosen: ReadonlySet<number>) => void;
};

/** What can be done with several devices at once: those that are chosen and in view. */
function Selection({ devices, chosen, onChange }: SelectionProps) {
  const moving = useOpened<true>();
  const inView = devices.filter(({ id }) => chosen.has(id));
  const all = inView.length === devices.length;
  return (
    <div className={classes.selection}>
      <Checkbox
        label="Select all in view"
        checked={all}
        indeterminate={!all && inView.length > 0}
        onChange={() => onChange(new Set(all ? [] : devices.map(({ id }) => id)))}
      />
      <Button
        size="xs"
        variant="default"
        // It keeps the focus that comes back to it when nothing is selected any more.
        data-disabled={inView.length === 0 || undefined}
        aria-disabled={inView.length === 0}
        onClick={() => inView.length > 0 && moving.show(true)}
      >
        Move to another zone
      </Button>
      <span role="status" className={records.quiet}>
        {inView.length > 0 ? `${figure(inView.length)} selected` : ""}
      </span>
      {moving.open ? (
        <MoveDevices
          devices={inView}
          onMoved={() => {
            moving.close();
            onChange(new Set());
          }}
          onClose={moving.close}
        />
      ) : null}
    </div>
  );
}
