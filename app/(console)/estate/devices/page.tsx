import type { Metadata } from "next";
import { consolePage } from "@/app/_session/console-page";
import type { ViewOf } from "@/app/_ui/addresses/address";
import { withQuery } from "@/app/_ui/addresses/query";
import { QueryNavigation } from "@/app/_ui/addresses/query-navigation";
import { PageHead } from "@/app/_ui/page-head";
import { Panel } from "@/app/_ui/panel";
import { afterPaging } from "@/app/_ui/tables/after-paging";
import { Paging } from "@/app/_ui/tables/paging";
import { may } from "@/lib/domain/access/access";
import { NewDevice } from "../_components/devices/device-dialog";
import { DeviceList } from "../_components/devices/device-list";
import { EmptyList } from "../_components/empty-list";
import { ExportLink } from "../_components/export-link";
import { ImportButton } from "../_components/imports/import-button";
import { ListFilters } from "../_components/list-filters";
import { Nowhere } from "../_components/nowhere";
import { ZoneFilter } from "../_components/zones/zone-filter";
import { countInWords } from "../count-in-words";
import { devicesView, isFiltered, ROWS_PER_PAGE } from "../view";
import { type DevicesInView, loadDevices } from "./load";
import { NoDevices } from "./no-devices";

export const metadata: Metadata = { title: "Devices" };

/** The devices of a zone, of a facility, or of all of them. */
export default consolePage("/estate/devices", {
  view: devicesView,
  load: loadDevices,
  nowhere: ({ detail }) => <Nowhere detail={detail} path="/estate/devices" />,
  show({ context: { actor }, view, loaded }) {
    const mayWrite = may(actor, "estate.write");
    const { zone, facilities } = loaded;
    return (
      <>
        <PageHead
          title="Devices"
          actions={
            <>
              {may(actor, "reports.export") ? <ExportLink href={exportAddress(view)} /> : null}
              {mayWrite ? <ImportButton kind="devices" /> : null}
              {mayWrite && loaded.hasZone ? (
                <NewDevice zone={zone} facilities={facilities} facility={view.facility ?? null} />
              ) : null}
            </>
          }
        >
          One for each bay. A device sends its code with every message.
        </PageHead>
        <QueryNavigation>
          <Devices view={view} read={loaded} mayWrite={mayWrite} />
        </QueryNavigation>
      </>
    );
  },
});

type DevicesView = ViewOf<typeof devicesView>;
type DevicesProps = { view: DevicesView; read: DevicesInView; mayWrite: boolean };

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
        sort={view.sort}
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
function exportAddress({ facility, zone, search, retired }: DevicesView): string {
  const which = retired === "all" ? undefined : (retired ?? "false");
  return withQuery("/api/devices/export", { facility, zone, search, retired: which });
}
