"use client";

import { Checkbox } from "@mantine/core";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useState } from "react";
import { DialogButton } from "@/app/_ui/dialogs/dialog";
import type { Column } from "@/app/_ui/tables/record-table";
import records from "@/app/_ui/tables/records.module.css";
import { counted, figure } from "@/app/_ui/words/figures";
import type { Device } from "@/lib/server/devices/read-devices";
import type { Zone } from "@/lib/server/zones/read-zones";
import { EstateTable, NameAndCode } from "../estate-table";
import type { FacilityAbove } from "../zones/zone-form";
import classes from "./device-list.module.css";

const DeviceForm = dynamic(() => import("./device-form").then((file) => file.DeviceForm), {
  ssr: false,
});
const MoveDevices = dynamic(() => import("./move-devices").then((file) => file.MoveDevices), {
  ssr: false,
});
/** A device, and whether it can be deleted. */
export type DeviceInList = Device & { deletable: boolean };

type DeviceListProps = {
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
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const choose = (id: number) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const box = ({ id, code }: Device) =>
    mayWrite ? (
      <Checkbox
        aria-label={`Select device ${code}`}
        checked={chosen.has(id)}
        onChange={() => choose(id)}
      />
    ) : null;
  const edit = (device: Device, onClose: () => void) => {
    const zone = zones.find(({ id }) => id === device.zone_id) ?? null;
    return <DeviceForm {...{ device, zone, facilities, facility, onClose }} />;
  };
  return (
    <>
      {mayWrite ? <Selection devices={devices} chosen={chosen} onChange={setChosen} /> : null}
      <EstateTable
        noun="device"
        rows={devices}
        edit={mayWrite ? edit : null}
        columns={[
          {
            name: "Device",
            names: true,
            cell: (device) => (
              <div className={classes.device}>
                {box(device)}
                <DeviceLink device={device} facility={facility} />
              </div>
            ),
          },
          ...placeColumns(props),
        ]}
      />
    </>
  );
}

function placeColumns({ zones, facilities }: DeviceListProps): Column<DeviceInList>[] {
  const zoneOf = ({ zone_id }: Device) => zones.find(({ id }) => id === zone_id);
  return [
    {
      name: "Zone",
      cell: (device) => <NameAndCode code={device.zone_code} name={zoneOf(device)?.name} />,
    },
    {
      name: "Facility",
      cell: (device) => (
        <NameAndCode
          code={zoneOf(device)?.facility_code ?? ""}
          name={facilities.find(({ id }) => id === device.facility_id)?.name}
        />
      ),
    },
  ];
}

type DeviceLinkProps = { device: Device; facility: string | null };

function DeviceLink({ device: { id, code, name }, facility }: DeviceLinkProps) {
  const query = facility ? `?${new URLSearchParams({ facility })}` : "";
  return (
    <div>
      <Link href={`/devices/${id}${query}`} prefetch={false}>
        {code}
      </Link>
      {name && name !== code ? <span className={records.sub}>{name}</span> : null}
    </div>
  );
}

type SelectionProps = {
  devices: Device[];
  chosen: ReadonlySet<number>;
  onChange: (chosen: ReadonlySet<number>) => void;
};

/** What can be done with several devices at once: those that are chosen and in view. */
function Selection({ devices, chosen, onChange }: SelectionProps) {
  const inView = devices.filter(({ id }) => chosen.has(id));
  const all = inView.length === devices.length;
  const what = inView.length === 1 ? `device ${inView[0]?.code}` : counted(inView.length, "device");
  return (
    <div className={classes.selection}>
      <Checkbox
        label="Select all in view"
        checked={all}
        indeterminate={!all && inView.length > 0}
        onChange={() => onChange(new Set(all ? [] : devices.map(({ id }) => id)))}
      />
      <DialogButton
        look="row"
        action="Move to another zone"
        disabled={inView.length === 0}
        title={`Move ${what}`}
      >
        {(close) => (
          <MoveDevices
            devices={inView}
            onMoved={() => {
              close();
              onChange(new Set());
            }}
            onClose={close}
          />
        )}
      </DialogButton>
      <span role="status" className={records.quiet}>
        {inView.length > 0 ? `${figure(inView.length)} selected` : ""}
      </span>
    </div>
  );
}
