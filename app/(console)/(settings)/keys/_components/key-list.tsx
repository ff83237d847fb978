import { SearchField } from "@/app/_ui/forms/search-field";
import { Panel } from "@/app/_ui/panel";
import { ACTIONS, type Column, RecordTable } from "@/app/_ui/tables/record-table";
import records from "@/app/_ui/tables/records.module.css";
import { counted } from "@/app/_ui/words/figures";
import { Moment } from "@/app/_ui/words/moment";
import { StateMark } from "@/app/_ui/words/state-mark";
import type { ApiKey } from "@/lib/server/keys/read-keys";
import { matchesSearch } from "../view";
import { KeyActions } from "./key-actions";

type KeyListProps = {
  keys: ApiKey[];
  search: string;
  /** The server's clock, milliseconds since 1970. */
  now: number;
  origin: string;
};

/** The keys that match, revoked ones last. */
export function KeyList({ keys, search, now, origin }: KeyListProps) {
  if (keys.length === 0) {
    return (
      <Panel id="keys" title="All keys">
        <p className={records.empty}>
          No keys yet. Create one with “New key” for a device, gateway or script.
        </p>
      </Panel>
    );
  }
  const shown = keys.filter((key) => matchesSearch(key, search));
  const total = counted(keys.length, "key");
  const count = search === "" ? total : `${shown.length} of ${total} match`;
  return (
    <Panel id="keys" title="All keys" aside={<span role="status">{count}</span>}>
      <search className={records.filters}>
        <SearchField
          search={search}
          placeholder="Name, access, scope or first characters"
          className={records.search}
        />
      </search>
      {shown.length > 0 ? (
        <RecordTable
          rows={shown}
          keyOf={({ id }) => id}
          marksOf={({ revoked_at }) => ({ "data-over": revoked_at ? true : undefined })}
          columns={columnsAt(now, origin)}
        />
      ) : (
        <p className={records.empty}>No key matches this search.</p>
      )}
    </Panel>
  );
}

function columnsAt(now: number, origin: string): Column<ApiKey>[] {
  const never = <span className={records.quiet}>Never</span>;
  return [
    { name: "Key", names: true, cell: (key) => <NameAndSecrets apiKey={key} now={now} /> },
    { name: "State", cell: (key) => <State apiKey={key} now={now} /> },
    { name: "Scopes", cell: ({ scopes }) => scopes.join(", ") },
    { name: "Access", cell: ({ place }) => place ?? "all facilities" },
    {
      name: "Last used",
      cell: ({ last_used_at: at }) => (at ? <Moment iso={at} now={now} /> : never),
    },
    {
      name: "Expires",
      cell: ({ expires_at: at }) =>
        at ? (
          <>
            <Moment iso={at} now={now} />
            <span className={records.sub}>{at.slice(0, 10)}</span>
          </>
        ) : (
          never
        ),
    },
    {
      name: "Created",
      cell: ({ created_at, created_by }) => (
        <>
          <Moment iso={created_at} now={now} />
          <span className={records.sub}>by {created_by}</span>
        </>
      ),
    },
    {
      ...ACTIONS,
      cell: (key) => (
        <KeyActions apiKey={key} origin={origin} today={new Date(now).toISOString()} />
      ),
    },
  ];
}

/** How it is called, how each secret begins, and until when one that was rotated out goes on. */
function NameAndSecrets({ apiKey, now }: { apiKey: ApiKey; now: number }) {
  const { name, revoked_at, secrets } = apiKey;
  if (revoked_at) return name;
  const shown = secrets.map(({ hint, created_at, valid_until }) => (
    <span key={`${hint} ${created_at}`} className={records.sub}>
      <span className={records.code}>{hint}…</span>
      {valid_until ? (
        <>
          {" expires "}
          <Moment iso={valid_until} now={now} />
        </>
      ) : null}
    </span>
  ));
  return [name, ...shown];
}

function State({ apiKey: { revoked_at, expires_at }, now }: { apiKey: ApiKey; now: number }) {
  if (revoked_at) {
    return (
      <>
        <StateMark tone="quiet" icon="away">
          Revoked
        </StateMark>
        <span className={records.sub}>
          <Moment iso={revoked_at} now={now} />
        </span>
      </>
    );
  }
  if (expires_at && Date.parse(expires_at) <= now) {
    return (
      <StateMark tone="warning" icon="warning">
        Expired
      </StateMark>
    );
  }
  return (
    <StateMark tone="good" icon="ok">
      Active
    </StateMark>
  );
}
