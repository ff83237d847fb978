"use client";

import { VisuallyHidden } from "@mantine/core";
import dynamic from "next/dynamic";
import Link from "next/link";
import records from "@/app/_ui/tables/records.module.css";
import { figure } from "@/app/_ui/words/figures";
import type { Facility } from "@/lib/server/facilities/read-facilities";
import { EstateTable, NameAndCode } from "../estate-table";

const FacilityForm = dynamic(() => import("./facility-form").then((file) => file.FacilityForm), {
  ssr: false,
});
/** A facility with how many zones and devices in use it has, and whether it can be deleted. */
export type FacilityRow = Facility & { zones: number; devices: number; deletable: boolean };

type FacilityListProps = { facilities: FacilityRow[]; mayWrite: boolean };

export function FacilityList({ facilities, mayWrite }: FacilityListProps) {
  return (
    <EstateTable
      noun="facility"
      rows={facilities}
      edit={
        mayWrite ? (facility, close) => <FacilityForm facility={facility} onClose={close} /> : null
      }
      columns={[
        { name: "Facility", names: true, cell: (facility) => <NameAndCode {...facility} /> },
        {
          name: "Time zone",
          cell: ({ time_zone, address }) => (
            <>
              {time_zone}
              {address ? <span className={records.sub}>{address}</span> : null}
            </>
          ),
        },
        ...(["zones", "devices"] as const).map((what) => ({
          name: what === "zones" ? "Zones" : "Devices",
          cell: ({ id, name, [what]: count }: FacilityRow) => (
            <Link href={`/estate/${what}?facility=${id}`} prefetch={false}>
              {figure(count)}{" "}
              <VisuallyHidden>
                {what} of {name}
              </VisuallyHidden>
            </Link>
          ),
        })),
      ]}
    />
  );
}
