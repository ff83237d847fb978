import type { LiveZone } from "../../load";
import { byZone, type LiveRow } from "../live-row";

/** A line of the map: the head of a zone, or a row of tiles. */
export type MapLine = { kind: "zone"; zone: LiveZone } | { kind: "bays"; ids: number[] };

export type MapRows = {
  lines: MapLine[];
  /** The bays in the order in which they are read. */
  order: number[];
  /** In which line each bay is. */
  place: Map<number, number>;
};

/** Lays bays out by zone, so many a row. Zones and bays are in the order given. */
export function mapRows(rows: LiveRow[], zones: LiveZone[], perRow: number): MapRows {
  const ofZone = byZone(rows);
  const known = new Map(zones.map((zone) => [zone.id, zone]));
  const lines: MapLine[] = [];
  const order: number[] = [];
  const place = new Map<number, number>();
  for (const id of [...known.keys(), ...[...ofZone.keys()].filter((id) => !known.has(id))]) {
    const bays = ofZone.get(id);
    if (!bays) continue;
    const first = bays[0]!;
    // A zone that was made after the page was read is named by what its devices say of it.
    const zone = known.get(id) ?? {
      ...{ id, code: first.zone_code, name: first.zone_code, facilityName: first.facility_name },
    };
    lines.push({ kind: "zone", zone });
    for (let from = 0; from < bays.length; from += perRow) {
      const ids = bays.slice(from, from + perRow).map((bay) => bay.id);
      for (const bay of ids) {
        order.push(bay);
        place.set(bay, lines.length);
      }
      lines.push({ kind: "bays", ids });
    }
  }
  return { lines, order, place };
}

/** Where a key leads from a bay; null where it leads nowhere. */
export function neighbour(key: string, id: number, { lines, order, place }: MapRows) {
  const at = order.indexOf(id);
  const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
  if (step !== undefined) return order[at + step] ?? null;
  if (key === "Home") return order[0] ?? null;
  if (key === "End") return order.at(-1) ?? null;
  const down = { ArrowUp: -1, ArrowDown: 1 }[key];
  if (down === undefined) return null;
  const from = place.get(id) ?? 0;
  const line = lines[from];
  const column = line?.kind === "bays" ? line.ids.indexOf(id) : 0;
  for (let next = from + down; next >= 0 && next < lines.length; next += down) {
    const other = lines[next]!;
    if (other.kind === "bays") return other.ids[Math.min(column, other.ids.length - 1)] ?? null;
  }
  return null;
}
