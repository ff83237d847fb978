import Link from "next/link";
import { ColumnHeads } from "@/app/_ui/column-heads";
import { Moment } from "@/app/_ui/moment";
import { Panel } from "@/app/_ui/panel";
import records from "@/app/_ui/records.module.css";
import type { ApiKey } from "@/lib/server/keys/read-keys";

type DeviceKeysProps = {
  keys: ApiKey[];
  hrefOf: (search: string) => string;
  /** The server's clock, milliseconds since 1970. */
  now: number;
};

/** The keys that reach this device and nothing else. */
export function DeviceKeys({ keys, hrefOf, now }: DeviceKeysProps) {
  return (
    <Panel id="keys" title="Keys of this device">
      {keys.length === 0 ? (
        <p className={records.empty}>
          No key is limited to this device. Keys with wider access are on the{" "}
          <Link href={hrefOf("")} prefetch={false}>
            Keys page
          </Link>
          .
        </p>
      ) : (
        <table className={records.table}>
          <ColumnHeads names={["Key", "Scopes", "State", "Last used"]} />
          <tbody>
            {keys.map((key) => (
              <tr key={key.id} data-over={key.revoked_at ? true : undefined}>
                <th scope="row">
                  <Link href={hrefOf(key.name)} prefetch={false}>
                    {key.name}
                  </Link>
                </th>
                <td data-label="Scopes">{key.scopes.join(", ")}</td>
                <td data-label="State">{stateInWords(key, now)}</td>
                <td data-label="Last used">
                  {key.last_used_at ? <Moment iso={key.last_used_at} now={now} /> : "Never"}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function stateInWords({ revoked_at, expires_at }: ApiKey, now: number): string {
  if (revoked_at) return "Revoked";
  return expires_at && Date.parse(expires_at) <= now ? "Expired" : "Active";
}
