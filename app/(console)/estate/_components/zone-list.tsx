"use client";

import { VisuallyHidden } from "@mantine/core";
import dynamic from "next/dynamic";
import Link from "next/link";
import { ColumnHeads } from "@/app/_ui/column-heads";
import { Dialog } from "@/app/_ui/dialog";
import { figure } from "@/app/_ui/figures";
import records from "@/app/_ui/records.module.css";
import { useFocusKept } from "@/app/_ui/use-focus-kept";
import type { Zone } from "@/lib/server/zones/read-zones";
import { InUseMark } from "./in-use-mark";
import { NewButton, type NewButtonLook } from "./new-button";
import { OwnLimitsText } from "./own-limits";
import { DeleteDialog, RetireDialog } from "./retire-dialog";
import { type RowAction, RowActions } from "./row-actions";
import { useOpened } from "./use-opened";
import type { FacilityAbove } from "./zone-form";

const ZoneForm = dynamic(() => import("./zone-form").then((file) => file.ZoneForm), { ssr: false });
/** A zone with how many devices in use it has, and whether it can be deleted. */
export type ZoneRow = Zone & { devices: number; deletable: boolean };

const COLUMNS = ["Zone", "Facility", "Devices", "Rule limits", "State"];

type ZoneListProps = {
  zones: ZoneRow[];
  facilities: FacilityAbove[];
  mayWrite: boolean;
  /** The facility in view, as it is in the address. */
  facility: string | null;
};

export function ZoneList({ zones, facilities, mayWrite, facility }: ZoneListProps) {
  const { open, show, close } = useOpened<{ action: RowAction; zone: Zone }>();
  useFocusKept(zones.map(({ id }) => id).join());
  return (
    <>
      <table className={records.table}>
        <ColumnHeads names={mayWrite ? [...COLUMNS, "Actions"] : COLUMNS} />
        <tbody>
          {zones.map((zone) => (
            <Row
              key={zone.id}
              zone={zone}
              facility={facility}
              facilityName={facilities.find(({ id }) => id === zone.facility_id)?.name}
              onAction={mayWrite ? (action) => show({ action, zone }) : null}
            />
          ))}
        </tbody>
      </table>
      {open ? <ZoneDialog {...open} facilities={facilities} onClose={close} /> : null}
    </>
  );
}

type RowProps = {
  zone: ZoneRow;
  facility: string | null;
  facilityName: string | undefined;
  onAction: ((action: RowAction) => void) | null;
};

function Row({ zone, facility, facilityName, onAction }: RowProps) {
  const { id, code, name, facility_code, devices, retired, deletable } = zone;
  const query = new URLSearchParams({ ...(facility ? { facility } : {}), zone: String(id) });
  return (
    <tr data-over={retired || undefined}>
      <th scope="row">
        {name}
        {code === name ? null : <span className={records.sub}>{code}</span>}
      </th>
      <td data-label="Facility">
        {facilityName ?? facility_code}
        {facilityName === facility_code ? null : (
          <span className={records.sub}>{facility_code}</span>
        )}
      </td>
      <td data-label="Devices">
        <Link href={`/estate/devices?${query}`} prefetch={false}>
          {figure(devices)} <VisuallyHidden>devices of {name}</VisuallyHidden>
        </Link>
      </td>
      <td data-label="Rule limits">
        <OwnLimitsText limits={zone} />
      </td>
      <td data-label="State">
        <InUseMark retired={retired} />
      </td>
      {onAction ? (
        <td className={records.wide}>
          <RowActions name={`zone ${code}`} {...{ retired, deletable, onAction }} />
        </td>
      ) : null}
    </tr>
  );
}

type ZoneDialogProps = {
  action: RowAction;
  zone: Zone;
  facilities: FacilityAbove[];
  onClose: () => void;
};

function ZoneDialog({ action, zone, facilities, onClose }: ZoneDialogProps) {
  const { id, code, retired } = zone;
  const subject = { noun: "zone" as const, path: `/api/zones/${id}`, code, retired };
  if (action === "retire") return <RetireDialog subject={subject} onClose={onClose} />;
  if (action === "delete") return <DeleteDialog subject={subject} onClose={onClose} />;
  return (
    <Dialog title={`Edit zone ${code}`} opened onClose={onClose}>
      <ZoneForm zone={zone} facilities={facilities} facilityId={null} onClose={onClose} />
    </Dialog>
  );
}

type NewZoneProps = NewButtonLook & { facilities: FacilityAbove[]; facilityId: number | null };

export function NewZone({ facilities, facilityId, quiet }: NewZoneProps) {
  return (
    <NewButton noun="zone" quiet={quiet}>
      {(onClose) => (
        <ZoneForm zone={null} facilities={facilities} facilityId={facilityId} onClose={onClose} />
      )}
    </NewButton>
  );
}
