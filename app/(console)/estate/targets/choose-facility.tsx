import { QueryLink } from "@/app/_ui/addresses/query-navigation";
import { Panel } from "@/app/_ui/panel";
import records from "@/app/_ui/tables/records.module.css";
import type { Facility } from "@/lib/server/facilities/read-facilities";

/** Targets are those of one facility: dates are its own. */
export function ChooseFacility({ facilities }: { facilities: Facility[] }) {
  return (
    <Panel id="facility" title="Choose a facility">
      {facilities.length === 0 ? (
        <p className={records.empty}>No facility in use yet.</p>
      ) : (
        <ul>
          {facilities.map(({ id, name, code }) => (
            <li key={id}>
              <QueryLink changes={{ facility: String(id), after: null }}>{name}</QueryLink>{" "}
              <span className={records.quiet}>{code}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
