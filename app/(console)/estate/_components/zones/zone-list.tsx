"use client";

import { VisuallyHidden } from "@mantine/core";
import dynamic from "next/dynamic";
import Link from "next/link";
import { DialogButton } from "@/app/_ui/dialogs/dialog";
import { figure } from "@/app/_ui/words/figures";
import type { Zone } from "@/lib/server/zones/read-zones";
import { EstateTable, NameAndCode } from "../estate-table";
import type { FacilityAbove } from "./zone-form";

const ZoneForm = dynamic(() => import("./zone-form").then((file) => file.ZoneForm), { ssr: false });
/** A zone with how many devices in use it has, and whether it can be deleted. */
export type ZoneRow = Zone & { devices: number; deletable: boolean };

type ZoneListProps = {
  zones: ZoneRow[];
  facilities: FacilityAbove[];
  mayWrite: boolean;
  /** The facility in view, as it is in the address. */
  facility: string | null;
};

export function ZoneList({ zones, facilities, mayWrite, facility }: ZoneListProps) {
  const devicesOf = ({ id }: Zone) =>
    `/estate/devices?${new URLSearchParams({ ...(facility ? { facility } : {}), zone: String(id) })}`;
  return (
    <EstateTable
      noun="zone"
      rows={zones}
      edit={
        mayWrite
          ? (zone, close) => (
              <ZoneForm zone={zone} facilities={facilities} facilityId={null} onClose={close} />
            )
          : null
      }
      columns={[
        { name: "Zone", names: true, cell: (zone) => <NameAndCode {...zone} /> },
        {
          name: "Facility",
          cell: ({ facility_id, facility_code }) => (
            <NameAndCode
              code={facility_code}
              name={facilities.find(({ id }) => id === facility_id)?.name}
            />
          ),
        },
        {
          name: "Devices",
          cell: (zone) => (
            <Link href={devicesOf(zone)} prefetch={false}>
              {figure(zone.devices)} <VisuallyHidden>devices of {zone.name}</VisuallyHidden>
            </Link>
          ),
        },
      ]}
    />
  );
}

type NewZoneProps = {
  facilities: FacilityAbove[];
  facilityId: number | null;
  /** It is not what the page is for now. */
  quiet?: boolean;
};

export function NewZone({ quiet, ...given }: NewZoneProps) {
  return (
    <DialogButton look={quiet ? "default" : "filled"} action="New zone" title="New zone">
      {(close) => <ZoneForm zone={null} {...given} onClose={close} />}
    </DialogButton>
  );
}
