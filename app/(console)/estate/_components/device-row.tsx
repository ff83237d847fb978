"use client";

import { Checkbox } from "@mantine/core";
import Link from "next/link";
import records from "@/app/_ui/records.module.css";
import type { Device } from "@/lib/server/devices/read-devices";
import type { Zone } from "@/lib/server/zones/read-zones";
import classes from "./device-list.module.css";
import { InUseMark } from "./in-use-mark";
import { OwnLimitsText } from "./own-limits";
import { type RowAction, RowActions } from "./row-actions";

/** A device, and whether it can be deleted. */
export type DeviceInList = Device & { deletable: boolean };

type DeviceRowProps = {
  device: DeviceInList;
  zone: Zone | undefined;
  facilityName: string | undefined;
  facility: string | null;
  /** What who looks may do; null for nothing. */
  write: {
    chosen: boolean;
    onChoose: () => void;
    onAction: (action: RowAction) => void;
  } | null;
};

export function DeviceRow({ device, zone, facilityName, facility, write }: DeviceRowProps) {
  const { id, code, name, zone_code, retired, deletable } = device;
  const query = facility ? `?${new URLSearchParams({ facility })}` : "";
  return (
    <tr data-over={retired || undefined}>
      <th scope="row">
        <div className={classes.device}>
          {write ? (
            <Checkbox
              aria-label={`Select device ${code}`}
              checked={write.chosen}
              onChange={write.onChoose}
            />
          ) : null}
          <div>
            <Link href={`/devices/${id}${query}`} prefetch={false}>
              {code}
            </Link>
            {name && name !== code ? <span className={records.sub}>{name}</span> : null}
          </div>
        </div>
      </th>
      <td data-label="Zone">
        {zone?.name ?? zone_code}
        {zone?.name === zone_code ? null : <span className={records.sub}>{zone_code}</span>}
      </td>
      <td data-label="Facility">
        {facilityName}
        {facilityName === zone?.facility_code ? null : (
          <span className={records.sub}>{zone?.facility_code}</span>
        )}
      </td>
      <td data-label="Rule limits">
        <OwnLimitsText limits={device} />
      </td>
      <td data-label="State">
        <InUseMark retired={retired} />
      </td>
      {write ? (
        <td className={records.wide}>
          <RowActions
            name={`device ${code}`}
            retired={retired}
            deletable={deletable}
            onAction={write.onAction}
          />
        </td>
      ) : null}
    </tr>
  );
}
