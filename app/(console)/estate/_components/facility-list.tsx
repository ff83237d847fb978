"use client";

import { VisuallyHidden } from "@mantine/core";
import dynamic from "next/dynamic";
import Link from "next/link";
import { ColumnHeads } from "@/app/_ui/column-heads";
import { Dialog } from "@/app/_ui/dialog";
import { figure } from "@/app/_ui/figures";
import records from "@/app/_ui/records.module.css";
import { useFocusKept } from "@/app/_ui/use-focus-kept";
import type { Facility } from "@/lib/server/facilities/read-facilities";
import { InUseMark } from "./in-use-mark";
import { OwnLimitsText } from "./own-limits";
import { DeleteDialog, RetireDialog } from "./retire-dialog";
import { type RowAction, RowActions } from "./row-actions";
import { useOpened } from "./use-opened";

const FacilityForm = dynamic(() => import("./facility-form").then((file) => file.FacilityForm), {
  ssr: false,
});
/** A facility with how many zones and devices in use it has, and whether it can be deleted. */
export type FacilityRow = Facility & { zones: number; devices: number; deletable: boolean };

const COLUMNS = ["Facility", "Time zone", "Zones", "Devices", "Rule limits", "State"];

type FacilityListProps = { facilities: FacilityRow[]; mayWrite: boolean };

export function FacilityList({ facilities, mayWrite }: FacilityListProps) {
  const { open, show, close } = useOpened<{ action: RowAction; facility: Facility }>();
  useFocusKept(facilities.map(({ id }) => id).join());
  return (
    <>
      <table className={records.table}>
        <ColumnHeads names={mayWrite ? [...COLUMNS, "Actions"] : COLUMNS} />
        <tbody>
          {facilities.map((facility) => (
            <Row
              key={facility.id}
              facility={facility}
              onAction={mayWrite ? (action) => show({ action, facility }) : null}
            />
          ))}
        </tbody>
      </table>
      {open ? <FacilityDialog {...open} onClose={close} /> : null}
    </>
  );
}

type RowProps = { facility: FacilityRow; onAction: ((action: RowAction) => void) | null };

function Row({ facility, onAction }: RowProps) {
  const { id, code, name, time_zone, address, zones, devices, retired, deletable } = facility;
  return (
    <tr data-over={retired || undefined}>
      <th scope="row">
        {name}
        {code === name ? null : <span className={records.sub}>{code}</span>}
      </th>
      <td data-label="Time zone">
        {time_zone}
        {address ? <span className={records.sub}>{address}</span> : null}
      </td>
      <td data-label="Zones">
        <Link href={`/estate/zones?facility=${id}`} prefetch={false}>
          {figure(zones)} <VisuallyHidden>zones of {name}</VisuallyHidden>
        </Link>
      </td>
      <td data-label="Devices">
        <Link href={`/estate/devices?facility=${id}`} prefetch={false}>
          {figure(devices)} <VisuallyHidden>devices of {name}</VisuallyHidden>
        </Link>
      </td>
      <td data-label="Rule limits">
        <OwnLimitsText limits={facility} />
      </td>
      <td data-label="State">
        <InUseMark retired={retired} />
      </td>
      {onAction ? (
        <td className={records.wide}>
          <RowActions name={`facility ${code}`} {...{ retired, deletable, onAction }} />
        </td>
      ) : null}
    </tr>
  );
}

type FacilityDialogProps = { action: RowAction; facility: Facility; onClose: () => void };

function FacilityDialog({ action, facility, onClose }: FacilityDialogProps) {
  const { id, code, retired } = facility;
  const subject = { noun: "facility" as const, path: `/api/facilities/${id}`, code, retired };
  if (action === "retire") return <RetireDialog subject={subject} onClose={onClose} />;
  if (action === "delete") return <DeleteDialog subject={subject} onClose={onClose} />;
  return (
    <Dialog title={`Edit facility ${code}`} opened onClose={onClose}>
      <FacilityForm facility={facility} onClose={onClose} />
    </Dialog>
  );
}
