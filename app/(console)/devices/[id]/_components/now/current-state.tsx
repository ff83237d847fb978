import records from "@/app/_ui/tables/records.module.css";
import { CONNECTION_WORDS, STATE_WORDS, STATUS_WORDS } from "@/app/_ui/words/device-words";
import { exactTime } from "@/app/_ui/words/local-time";
import { relativeAge } from "@/app/_ui/words/relative-age";
import { StateMark } from "@/app/_ui/words/state-mark";
import type { Connection } from "@/lib/domain/devices/connection";
import { type LiveDevice, type NowState, standingOf } from "@/lib/domain/devices/live";
import { duration } from "@/lib/domain/values/duration";
import { measured } from "../history/quantities";
import classes from "./device-now.module.css";

/** What a device may send beside voltage and current. */
export type Measurements = {
  power_factor: number | null;
  temperature_c: number | null;
  battery_v: number | null;
  rssi_dbm: number | null;
};

type CurrentStateProps = {
  facts: LiveDevice;
  measurements: Measurements;
  timeZone: string;
  /** The server's clock, milliseconds since 1970. */
  now: number;
};

/** The state of a device by the rules and the clock, with its newest values. */
export function CurrentState({ facts, measurements, timeZone, now }: CurrentStateProps) {
  const { state, stateSince, status, connection, powerW } = standingOf(facts, now);
  const time = { timeZone, now };
  return (
    <>
      <dl className={classes.facts}>
        <Fact term="Bay">
          <Bay facts={facts} state={state} {...time} />
        </Fact>
        <Fact term="Device">
          <Contact facts={facts} connection={connection} since={stateSince} {...time} />
        </Fact>
        <Fact term="Status">
          {connection === "never" && status === "OK" ? (
            <span className={classes.none}>—</span>
          ) : (
            <StateMark {...STATUS_WORDS[status]} />
          )}
        </Fact>
        <Fact term="Last telemetry">
          <Heard at={facts.last_telemetry_at} {...time} />
        </Fact>
        <Fact term="Last parking event">
          <Heard at={facts.last_parking_log_at} {...time} />
        </Fact>
      </dl>
      <Values facts={facts} powerW={powerW} measurements={measurements} />
    </>
  );
}

function Fact({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

type Timed = Pick<CurrentStateProps, "timeZone" | "now">;

function Bay({ facts, state, timeZone, now }: Timed & { facts: LiveDevice; state: NowState }) {
  const { is_occupied, occupancy_since } = facts;
  return (
    <>
      <StateMark {...STATE_WORDS[state]} />
      {state === "offline" ? (
        <span className={records.sub}>
          {is_occupied === null
            ? STATE_WORDS.unknown.word
            : `${STATE_WORDS[is_occupied ? "occupied" : "free"].word} when last heard`}
        </span>
      ) : occupancy_since === null ? null : (
        <span className={records.sub}>
          for {duration(Math.max(0, now - occupancy_since))}, since{" "}
          <Exact at={occupancy_since} timeZone={timeZone} />
        </span>
      )}
    </>
  );
}

type ContactProps = Timed & { facts: LiveDevice; connection: Connection; since: number | null };

function Contact({ facts, connection, since, timeZone, now }: ContactProps) {
  const { last_contact_at, offline_after_seconds } = facts;
  const allowed = `offline after ${duration(offline_after_seconds * 1000)}`;
  return (
    <>
      <StateMark {...CONNECTION_MARKS[connection]} word={CONNECTION_WORDS[connection]} />
      <span className={records.sub}>
        {connection === "offline" && since !== null && last_contact_at !== null ? (
          <>
            since <Exact at={since} timeZone={timeZone} />, silent for{" "}
            {duration(now - last_contact_at)}, {allowed}
          </>
        ) : last_contact_at === null ? (
          `${allowed} of silence, once it has sent telemetry`
        ) : (
          allowed
        )}
      </span>
    </>
  );
}

const CONNECTION_MARKS = {
  online: { icon: "ok", tone: "good" },
  offline: { icon: "away", tone: "warning" },
  never: { icon: "question", tone: "quiet" },
} as const satisfies Record<Connection, object>;

function Heard({ at, timeZone, now }: Timed & { at: number | null }) {
  if (at === null) return <span className={classes.none}>Never</span>;
  return (
    <time dateTime={new Date(at).toISOString()}>
      {relativeAge(at, now)}
      <span className={records.sub}>
        <Exact at={at} timeZone={timeZone} />
      </span>
    </time>
  );
}

/** Lines break before the offset alone. */
function Exact({ at, timeZone }: { at: number; timeZone: string }) {
  const [clock, offset] = exactTime(new Date(at).toISOString(), timeZone).split(" (");
  return (
    <>
      <span className={classes.whole}>{clock}</span>{" "}
      <span className={classes.whole}>({offset}</span>
    </>
  );
}

type ValuesProps = Pick<CurrentStateProps, "facts" | "measurements"> & { powerW: number | null };

/** The newest reading; what the device does not send is left out. */
function Values({ facts, powerW, measurements }: ValuesProps) {
  const { voltage, current } = facts;
  if (powerW === null) {
    return <p className={classes.noValues}>It has not sent a reading yet.</p>;
  }
  const values: [term: string, value: number | null, unit: string][] = [
    ["Voltage", voltage, "V"],
    ["Current", current, "A"],
    ["Power", powerW, "W"],
    ["Power factor", measurements.power_factor, ""],
    ["Temperature", measurements.temperature_c, "°C"],
    ["Battery", measurements.battery_v, "V"],
    ["Signal", measurements.rssi_dbm, "dBm"],
  ];
  return (
    <dl className={classes.values}>
      {values.map(([term, value, unit]) =>
        value === null ? null : (
          <div key={term}>
            <dt>{term}</dt>
            <dd>
              {measured(value)} <span className={classes.unit}>{unit}</span>
            </dd>
          </div>
        ),
      )}
    </dl>
  );
}
