import Link from "next/link";
import { Panel } from "@/app/_ui/panel";
import { RecordTable } from "@/app/_ui/tables/record-table";
import records from "@/app/_ui/tables/records.module.css";
import { Moment } from "@/app/_ui/words/moment";
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
        <RecordTable
          rows={keys}
          keyOf={({ id }) => id}
          marksOf={({ revoked_at }) => ({ "data-over": revoked_at ? true : undefined })}
          columns={[
            {
              name: "Key",
              names: true,
              cell: ({ name }) => (
                <Link href={hrefOf(name)} prefetch={false}>
                  {name}
                </Link>
              ),
            },
            { name: "Scopes", cell: ({ scopes }) => scopes.join(", ") },
            { name: "State", cell: (key) => stateInWords(key, now) },
            {
              name: "Last used",
              cell: ({ last_used_at: at }) => (at ? <Moment iso={at} now={now} /> : "Never"),
            },
          ]}
        />
      )}
    </Panel>
  );
}

function stateInWords({ revoked_at, expires_at }: ApiKey, now: number): string {
  if (revoked_at) return "Revoked";
  return expires_at && Date.parse(expires_at) <= now ? "Expired" : "Active";
}
