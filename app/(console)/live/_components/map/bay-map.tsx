"use client";

import { useElementSize, useMediaQuery } from "@mantine/hooks";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Icon } from "@/app/_ui/icons";
import { PHONE } from "@/app/_ui/phone";
import { STATE_WORDS } from "@/app/_ui/words/device-words";
import { figure } from "@/app/_ui/words/figures";
import { NOW_STATES } from "@/lib/domain/devices/live";
import type { LiveZone } from "../../load";
import type { Counts, LiveRow } from "../live-row";
import { BayCard } from "./bay-card";
import classes from "./bay-map.module.css";
import { BayTile } from "./bay-tile";
import { type MapLine, mapRows, neighbour } from "./map-rows";

const TILE = 46;
const HEADER_HEIGHT = 44;
/** On a phone the counts are below the name, on two lines at most (bay-map.module.css). */
const PHONE_HEADER_HEIGHT = 84;

type BayMapProps = {
  /** Which bays there are; how each stands, its tile knows. */
  rows: LiveRow[];
  counts: Map<number, Counts>;
  zones: LiveZone[];
  several: boolean;
  timeZones: Record<number, string>;
};

/**
 * Every bay a tile, by zone; those in sight alone are drawn. One stop for the Tab key: arrows go
 * from bay to bay, Enter opens the device.
 */
export function BayMap({ rows, counts, zones, several, timeZones }: BayMapProps) {
  const router = useRouter();
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: measured, width } = useElementSize();
  const perRow = Math.max(1, Math.floor(width / TILE));
  const { lines, order, place } = useMemo(
    () => mapRows(rows, zones, perRow),
    [rows, zones, perRow],
  );
  const [current, setCurrent] = useState<number | null>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const [focused, setFocused] = useState(false);
  // Heads of zones and rows of tiles have heights of their own: other lines are measured again.
  const getItemKey = useCallback((index: number) => keyOf(lines[index]), [lines]);
  const headerHeight = useMediaQuery(PHONE) ? PHONE_HEADER_HEIGHT : HEADER_HEIGHT;
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (lines[index]?.kind === "zone" ? headerHeight : TILE),
    getItemKey,
    overscan: 2,
    initialRect: { width: 0, height: 640 },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: heights that were kept are of the other layout
  useEffect(() => virtual.measure(), [virtual, headerHeight]);
  const atTab = current !== null && place.has(current) ? current : (order[0] ?? null);
  const shown = pointed ?? (focused ? atTab : null);
  const goTo = (id: number) => {
    setCurrent(id);
    virtual.scrollToIndex(place.get(id) ?? 0);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-bay="${id}"]`)?.focus(),
    );
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (atTab === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = neighbour(event.key, atTab, { lines, order, place });
    if (next === null) return;
    event.preventDefault();
    goTo(next);
  };
  return (
    <>
      <Legend />
      <div ref={scroller} className={classes.scroller}>
        <div
          ref={measured}
          role="toolbar"
          aria-label="Bays: arrow keys go from one to the next, Enter opens the device"
          aria-busy={width === 0}
          className={classes.map}
          style={{ height: virtual.getTotalSize() }}
          onKeyDown={onKeyDown}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          onPointerLeave={() => setPointed(null)}
        >
          {virtual.getVirtualItems().map(({ key, index, start }) => {
            const line = lines[index];
            // How many bays fit a row is not known before the width is.
            if (!line || width === 0) return null;
            const style = { transform: `translateY(${start}px)` };
            return line.kind === "zone" ? (
              <ZoneHead
                key={key}
                zone={line.zone}
                counts={counts.get(line.zone.id)}
                several={several}
                style={style}
              />
            ) : (
              <div key={key} className={classes.tiles} style={style}>
                {line.ids.map((id) => (
                  <BayTile
                    key={id}
                    id={id}
                    atTab={id === atTab}
                    onPoint={setPointed}
                    onFocus={setCurrent}
                    onOpen={() => router.push(`/devices/${id}`)}
                  />
                ))}
              </div>
            );
          })}
        </div>
      </div>
      <BayCard id={shown} timeZones={timeZones} />
    </>
  );
}

const keyOf = (line: MapLine | undefined) =>
  line?.kind === "zone" ? `zone ${line.zone.id}` : `bays ${line?.ids[0]}`;

type ZoneHeadProps = {
  zone: LiveZone;
  counts: Counts | undefined;
  several: boolean;
  style: React.CSSProperties;
};

function ZoneHead({ zone, counts, several, style }: ZoneHeadProps) {
  return (
    <div className={classes.zone} style={style}>
      <h2 className={classes.zoneName}>
        {zone.code}
        {zone.name === zone.code ? null : <span> {zone.name}</span>}
        {several ? <span> · {zone.facilityName}</span> : null}
      </h2>
      <span className={classes.zoneCounts}>{counts ? inFigures(counts) : null}</span>
    </div>
  );
}

function inFigures({ total, occupied, free, offline, never, unknown, alerting }: Counts): string {
  return [
    `${figure(occupied)} of ${figure(total)} occupied`,
    `${figure(free)} free`,
    offline > 0 ? `${figure(offline)} offline` : null,
    never > 0 ? `${figure(never)} never connected` : null,
    unknown > 0 ? `${figure(unknown)} without an event yet` : null,
    alerting > 0 ? `${figure(alerting)} with alerts` : null,
  ]
    .filter(Boolean)
    .join(" · ");
}

/** What the tiles look like. */
function Legend() {
  return (
    <ul className={classes.legend} aria-label="Legend">
      {NOW_STATES.map((state) => (
        <li key={state}>
          <span className={classes.sample} data-state={state} aria-hidden="true">
            <Icon name={STATE_WORDS[state].icon} size={12} />
          </span>
          {STATE_WORDS[state].word}
        </li>
      ))}
      <li>
        <span className={classes.sample} data-state="free" data-alert="WARNING" aria-hidden="true">
          <Icon name="warning" size={12} />
        </span>
        Open alert
      </li>
    </ul>
  );
}
