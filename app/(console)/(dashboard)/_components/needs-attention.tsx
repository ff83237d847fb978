import Link from "next/link";
import { Ago } from "@/app/_live/clock";
import { Icon, type IconName } from "@/app/_ui/icons";
import { Panel } from "@/app/_ui/panel";
import { ALERT_TYPE_NAMES } from "@/app/_ui/words/alert-words";
import { STATE_WORDS, STATUS_WORDS } from "@/app/_ui/words/device-words";
import { counted, figure } from "@/app/_ui/words/figures";
import { exactTime } from "@/app/_ui/words/local-time";
import {
  ATTENTION_KINDS,
  type Attention,
  type AttentionKind,
  type AttentionRow,
} from "@/lib/server/dashboard/read-attention";
import { alertsAddress, type ListPlace, liveAddress } from "./list-addresses";
import classes from "./needs-attention.module.css";

type Kind = {
  title: string;
  icon: IconName;
  /** What there is one or more of, for the link to all of them. */
  noun: string;
  /** What was so long ago. */
  since: string;
  all: (place: ListPlace) => string;
};

const KINDS: Record<AttentionKind, Kind> = {
  critical: {
    ...{
      title: STATUS_WORDS.CRITICAL.word,
      icon: STATUS_WORDS.CRITICAL.icon,
      noun: "critical alert",
      since: "raised",
    },
    all: (place) => alertsAddress(place, { severity: "CRITICAL" }),
  },
  offline: {
    ...{
      title: STATE_WORDS.offline.word,
      icon: STATE_WORDS.offline.icon,
      noun: "offline device",
      since: "last seen",
    },
    all: (place) => liveAddress(place, { state: "offline" }),
  },
  never: {
    ...{
      title: "Never connected",
      icon: "question",
      noun: "never connected device",
      since: "added",
    },
    all: (place) => liveAddress(place, { state: "never" }),
  },
};

type NeedsAttentionProps = {
  attention: Attention;
  place: ListPlace;
  /** Time zones of facilities by id. */
  timeZones: Map<number, string>;
  /** Facilities are named where several are in view. */
  withFacility: boolean;
};

/** What is wrong now, before any figure: each kind with its oldest, and a link to all of them. */
export function NeedsAttention({ attention, ...shown }: NeedsAttentionProps) {
  const kinds = ATTENTION_KINDS.filter((kind) => attention[kind].total > 0);
  return (
    <Panel id="attention" title="Needs attention">
      {kinds.length === 0 ? (
        <p className={classes.nothing}>
          <Icon name="ok" /> <strong>Nothing needs attention.</strong> All devices are online, and
          no critical alert is open.
        </p>
      ) : (
        <div className={classes.kinds}>
          {kinds.map((kind) => (
            <OfKind key={kind} kind={kind} {...attention[kind]} {...shown} />
          ))}
        </div>
      )}
    </Panel>
  );
}

type OfKindProps = Omit<NeedsAttentionProps, "attention"> &
  Attention[AttentionKind] & { kind: AttentionKind };

function OfKind({ kind, total, rows, place, ...row }: OfKindProps) {
  const { title, icon, noun, since, all } = KINDS[kind];
  return (
    <section className={classes.kind} aria-labelledby={`attention-${kind}`}>
      <h3 className={classes.title} id={`attention-${kind}`} data-kind={kind}>
        <Icon name={icon} /> {title} <span className={classes.total}>{figure(total)}</span>
      </h3>
      <ul className={classes.rows}>
        {rows.map((one) => (
          <Row key={one.alert_id ?? one.device_id} row={one} sinceWord={since} {...row} />
        ))}
      </ul>
      {total > rows.length ? (
        <Link href={all(place)} prefetch={false} className={classes.all}>
          Show all {counted(total, noun)}
        </Link>
      ) : null}
    </section>
  );
}

type RowProps = Pick<NeedsAttentionProps, "timeZones" | "withFacility"> & {
  row: AttentionRow;
  sinceWord: string;
};

function Row({ row, sinceWord, timeZones, withFacility }: RowProps) {
  const { device_id, device_code, alert_id, alert_type, since } = row;
  const place = [
    alert_type === null ? null : ALERT_TYPE_NAMES[alert_type],
    `Zone ${row.zone_code}`,
    withFacility ? row.facility_name : null,
  ].filter(Boolean);
  return (
    <li className={classes.row}>
      <Link
        href={alert_id === null ? `/devices/${device_id}` : `/alerts/${alert_id}`}
        prefetch={false}
        className={classes.device}
        title={device_code}
      >
        {device_code}
      </Link>
      <span className={classes.place} title={place.join(" · ")}>
        {place.join(" · ")}
      </span>
      <span className={classes.since}>
        {sinceWord}{" "}
        <Ago iso={since} exact={exactTime(since, timeZones.get(row.facility_id) ?? "UTC")} />
      </span>
    </li>
  );
}
