"use client";

import { memo } from "react";
import { Icon } from "@/app/_ui/icons";
import { STATE_WORDS, STATUS_WORDS } from "@/app/_ui/words/device-words";
import { useLiveRow } from "../use-live-devices";
import { bayLabel } from "./bay-label";
import classes from "./bay-map.module.css";

type BayTileProps = {
  id: number;
  /** Whether the Tab key stops here. */
  atTab: boolean;
  onPoint: (id: number) => void;
  onFocus: (id: number) => void;
  onOpen: () => void;
};

/** A bay as it is now: colour, icon and code; its name says the same in words. */
export const BayTile = memo(
  function BayTile({ id, atTab, onPoint, onFocus, onOpen }: BayTileProps) {
    const row = useLiveRow(id);
    if (!row) return null;
    const { word, icon } = STATE_WORDS[row.state];
    // An alert that only says "offline" says nothing that the state does not.
    const alert = row.open_alerts > 0 && row.state !== "offline" ? row.worst_open : null;
    const alerting = row.open_alerts > 0 ? `, ${STATUS_WORDS[row.status].word}` : "";
    return (
      <button
        type="button"
        className={classes.tile}
        data-bay={id}
        data-state={row.state}
        data-alert={alert ?? undefined}
        aria-label={`${row.code}: ${word}${alerting}`}
        tabIndex={atTab ? 0 : -1}
        onPointerEnter={() => onPoint(id)}
        onFocus={() => onFocus(id)}
        onClick={onOpen}
      >
        <Icon name={alert ? STATUS_WORDS[row.status].icon : icon} size={14} />
        <span className={classes.code}>{bayLabel(row.code)}</span>
      </button>
    );
  },
  (before, after) => before.id === after.id && before.atTab === after.atTab,
);
