import { Button } from "@mantine/core";
import type { Metadata } from "next";
import { openPage } from "@/app/_session/open-page";
import { afterPaging } from "@/app/_ui/after-paging";
import { DatabaseAway } from "@/app/_ui/database-away";
import { PageHead } from "@/app/_ui/page-head";
import { Paging } from "@/app/_ui/paging";
import { Panel } from "@/app/_ui/panel";
import { QueryNavigation } from "@/app/_ui/query-navigation";
import { may } from "@/lib/domain/access";
import { NewDevice } from "../_components/device-dialog";
import { DeviceList } from "../_components/device-list";
import { EmptyList } from "../_components/empty-list";
import { ImportButton } from "../_components/import-button";
import { ListFilters } from "../_components/list-filters";
import { Nowhere } from "../_components/nowhere";
import { ZoneFilter } from "../_components/zone-filter";
import { countInWords } from "../count-in-words";
import {
  type EstateView,
  isFiltered,
  type PageQuery,
  parseEstateView,
  ROWS_PER_PAGE,
} from "../estate-view";
import { readEstate } from "../read-estate";
import { NoDevices } from "./no-devices";
import { type DevicesInView, readDevicesInView } from "./read-devices-in-view";

export const metadata: Metadata = { title: "Devices" };

/** The devices of a zone, of a facility, or of all of them. */
export default async function DevicesPage({ searchParams }: { searchParams: Promise<PageQuery> }) {
  const opened = await openPage("/estate/devices");
  const view = parseEstateView(await searchParams);
  if (!opened) return <DatabaseAway />;
  const { context } = opened;
  const read = await readEstate(() => readDevicesInView(context, view));
  if (read.kind === "away") return <DatabaseAway />;
  if (read.kind === "nowhere") return <Nowhere detail={read.detail} path="/estate/devices" />;
  const mayWrite = may(context.actor, "estate.write");
  const { zone, facilities } = read.value;
  const facility = view.facility ?? null;
  return (
    <>
      <PageHead
        title="Devices"
        actions={
          <>
            {may(context.actor, "reports.export") ? <ExportLink view={view} /> : null}
            {mayWrite ? <ImportButton kind="devices" /> : null}
            {mayWrite && read.value.hasZone ? (
              <NewDevice zone={zone} facilities={facilities} facility={facility} />
            ) : null}
          </>
        }
      >
        One for each bay. A device sends its code with every message.
      </PageHead>
      <QueryNavigation>
        <Devices view={view} read={read.value} mayWrite={mayWrite} />
      </QueryNavigation>
    </>
  );
}

type DevicesProps = { view: EstateView; read: DevicesInView; mayWrite: boolean };

function Devices({ view, read, mayWrite }: DevicesProps) {
  const { devices, zone, zones, facilities, place, hasZone } = read;
  const facility = view.facility ?? null;
  return (
    <Panel
      id="devices"
      title={place ? `Devices of ${place}` : "All devices"}
      aside={countInWords(devices.total, "device", isFiltered(view))}
    >
      <ListFilters
        search={view.search ?? ""}
        retired={view.retired ?? null}
        sort={view.sort ?? "code"}
        placeholder="Code or name"
        narrowed={zone !== null}
      >
        <ZoneFilter zone={zone} facility={facility} />
      </ListFilters>
      {devices.rows.length > 0 ? (
        <DeviceList
          devices={devices.rows}
          zones={zones}
          facilities={facilities}
          mayWrite={mayWrite}
          facility={facility}
        />
      ) : (
        <EmptyList filtered={isFiltered(view)} noun="device">
          <NoDevices mayWrite={mayWrite} hasZone={hasZone} />
        </EmptyList>
      )}
      <Paging label="Pages of devices" {...afterPaging(view.after, devices, ROWS_PER_PAGE)} />
    </Panel>
  );
}

/** A file with every device that the filters let through. */
function ExportLink({ view: { facility, zone, search, retired } }: { view: EstateView }) {
  const which = retired === "all" ? undefined : (retired ?? "false");
  const given = Object.entries({ facility, zone, search, retired: which });
  const query = new URLSearchParams(given.filter((entry): entry is [string, string] => !!entry[1]));
  return (
    <Button
      component="a"
      variant="default"
      c="bright"
      href={`/api/devices/export?${query}`}
      download
    >
      Export CSV
    </Button>
  );
}
