import { Checkbox } from "@mantine/core";
import { counted, figure } from "@/app/_ui/words/figures";
import type { ImportCounts } from "./check-list";
import classes from "./import.module.css";

/** Names of a kind that are listed; a file may create thousands. */
const LISTED = 12;

type NewPlacesProps = { counts: ImportCounts; agreed: boolean; onAgree: (agreed: boolean) => void };

/** Whether an import creates more than devices: a misspelt code would, too. */
export const createsPlaces = ({ zones_created = 0, facilities_created = 0 }: ImportCounts) =>
  zones_created + facilities_created > 0;

/** Names the zones and facilities that a file is going to create, and asks whether that is meant. */
export function NewPlaces({ counts, agreed, onAgree }: NewPlacesProps) {
  const { new_zones: zones = [], new_facilities: facilities = [] } = counts;
  const all = [
    ...(facilities.length > 0
      ? [facilities.length === 1 ? "1 facility" : `${figure(facilities.length)} facilities`]
      : []),
    ...(zones.length > 0 ? [counted(zones.length, "zone")] : []),
  ].join(" and ");
  return (
    <div className={classes.places}>
      <strong>This file creates {all}. Check the spelling:</strong>
      <Names
        title="Facilities"
        names={facilities.map(({ code, time_zone }) => `${code} (${time_zone})`)}
      />
      <Names title="Zones" names={zones.map(({ facility, code }) => `${code} in ${facility}`)} />
      <Checkbox
        label={`Create ${all}`}
        checked={agreed}
        onChange={(event) => onAgree(event.currentTarget.checked)}
      />
    </div>
  );
}

function Names({ title, names }: { title: string; names: string[] }) {
  if (names.length === 0) return null;
  const more = names.length - LISTED;
  return (
    <p>
      {title}: {names.slice(0, LISTED).join(", ")}
      {more > 0 ? ` and ${figure(more)} more` : ""}
    </p>
  );
}
