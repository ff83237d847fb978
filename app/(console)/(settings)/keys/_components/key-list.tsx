import { ColumnHeads } from "@/app/_ui/column-heads";
import { counted } from "@/app/_ui/figures";
import { Moment } from "@/app/_ui/moment";
import { Panel } from "@/app/_ui/panel";
import records from "@/app/_ui/records.module.css";
import { SearchField } from "@/app/_ui/search-field";
import { StateMark } from "@/app/_ui/state-mark";
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
        <table className={records.table}>
          <ColumnHeads names={COLUMNS} />
          <tbody>
            {shown.map((key) => (
              <Row key={key.id} apiKey={key} now={now} origin={origin} />
            ))}
          </tbody>
        </table>
      ) : (
        <p className={records.empty}>No key matches this search.</p>
      )}
    </Panel>
  );
}

const COLUMNS = ["Key", "State", "Scopes", "Access", "Last used", "Expires", "Created", "Actions"];

function Row({ apiKey, now, origin }: { apiKey: ApiKey; now: number; origin: string }) {
  const { name, scopes, place, last_used_at, expires_at, created_at, created_by } = apiKey;
  return (
    <tr data-over={apiKey.revoked_at ? true : undefined}>
      <th scope="row">
        {name}
        <Secrets apiKey={apiKey} now={now} />
      </th>
      <td data-label="State">
        <State apiKey={apiKey} now={now} />
      </td>
      <td data-label="Scopes">{scopes.join(", ")}</td>
      <td data-label="Access">{place ?? "all facilities"}</td>
      <td data-label="Last used">
        {last_used_at ? (
          <Moment iso={last_used_at} now={now} />
        ) : (
          <span className={records.quiet}>Never</span>
        )}
      </td>
      <td data-label="Expires">
        {expires_at ? (
          <>
            <Moment iso={expires_at} now={now} />
            <span className={records.sub}>{expires_at.slice(0, 10)}</span>
          </>
        ) : (
          <span className={records.quiet}>Never</span>
        )}
      </td>
      <td data-label="Created">
        <Moment iso={created_at} now={now} />
        <span className={records.sub}>by {created_by}</span>
      </td>
      <td className={records.wide}>
        <KeyActions apiKey={apiKey} origin={origin} today={new Date(now).toISOString()} />
      </td>
    </tr>
  );
}

/** How each secret begins, and until when one that was rotated out goes on. */
function Secrets({ apiKey, now }: { apiKey: ApiKey; now: number }) {
  if (apiKey.revoked_at) return null;
  return apiKey.secrets.map(({ hint, created_at, valid_until }) => (
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
