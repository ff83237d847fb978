import { QueryLink } from "@/app/_ui/addresses/query-navigation";
import { Panel } from "@/app/_ui/panel";
import { type Column, RecordTable } from "@/app/_ui/tables/record-table";
import records from "@/app/_ui/tables/records.module.css";
import { counted } from "@/app/_ui/words/figures";
import type { StateFilter } from "@/lib/domain/devices/live";
import type { DashboardSummary } from "@/lib/server/dashboard/read-dashboard-summary";
import type { DayPhase } from "../load";
import { CountLink } from "./cards/count-link";
import { eventsAddress, liveAddress } from "./list-addresses";
import classes from "./table.module.css";

type ZonesTableProps = {
  zones: DashboardSummary["zones"];
  /** Names by id, where zones of several facilities are in view. */
  facilityNames: Map<number, string> | null;
  phase: DayPhase;
  date: string;
  /** As the address names it. */
  facility: string | undefined;
  /** Whether the page of events is for anyone who looks. */
  mayExport: boolean;
};

/** Every zone in view with its events and the state of its bays, each a link to what it counts. */
export function ZonesTable({ zones, facilityNames, ...shown }: ZonesTableProps) {
  return (
    <Panel id="zones" title="Zones" aside={counted(zones.length, "zone")}>
      {zones.length === 0 ? (
        <p className={records.empty}>This facility has no zones yet.</p>
      ) : (
        <RecordTable
          className={`${records.table} ${classes.table} ${classes.named}`}
          cards={null}
          scrolled={{ label: "Zones, table", height: 640 }}
          rows={zones}
          keyOf={({ zone_id }) => zone_id}
          columns={[
            {
              name: "Zone",
              names: true,
              cell: ({ zone_id, zone_code, facility_id }) => (
                <>
                  <QueryLink changes={{ zone: String(zone_id), after: null }}>
                    {zone_code}
                  </QueryLink>
                  {facilityNames ? (
                    <span className={records.sub}>{facilityNames.get(facility_id)}</span>
                  ) : null}
                </>
              ),
            },
            ...countColumns(shown),
          ]}
        />
      )}
    </Panel>
  );
}

const STATES = { Occupied: "occupied", Free: "free", Unknown: "unknown" } as const;

type Zone = DashboardSummary["zones"][number];
type CountsProps = Omit<ZonesTableProps, "zones" | "facilityNames">;

function countColumns({ phase, date, facility, mayExport }: CountsProps): Column<Zone>[] {
  const placeOf = ({ zone_id }: Zone) => ({ facility, zone: zone_id });
  // Live shows bays as they are now, so nothing stands behind the states of another date.
  const devices = (zone: Zone, filters: { state?: StateFilter }) =>
    phase === "today" ? liveAddress(placeOf(zone), filters) : null;
  const columns: Column<Zone>[] = [
    {
      name: "Events",
      cell: (zone) => (
        <CountLink
          count={zone.events}
          of={`events in zone ${zone.zone_code}`}
          href={mayExport ? eventsAddress(placeOf(zone), date) : null}
        />
      ),
    },
    ...Object.entries(STATES).map(([name, state]) => ({
      name,
      cell: (zone: Zone) =>
        phase === "future" ? (
          "—"
        ) : (
          <CountLink
            count={zone[state]}
            of={`${state} in zone ${zone.zone_code}`}
            href={devices(zone, { state })}
          />
        ),
    })),
    {
      name: "Bays",
      cell: (zone) => (
        <CountLink
          count={zone.total}
          of={`bays in zone ${zone.zone_code}`}
          href={devices(zone, {})}
        />
      ),
    },
  ];
  return columns.map((column) => ({ ...column, numeric: true }));
}
